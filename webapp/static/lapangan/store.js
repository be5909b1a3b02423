/**
 * What this phone holds of surveys: `survei` (one taken along, with its answers), `foto` (one picture of one of them) and
 * `hilang` (that one was thrown away because nobody sent it). Plain IndexedDB; nothing here is encrypted.
 */

const NAME = "janji-lapangan";
const INDEXED = { survei: "owner", foto: "survey", hilang: "owner" };
let opened;

/** Everything that belongs to an owner (surveys, losses) or to a survey (pictures). */
export const all = (store, of) => run(store, "readonly", (rows) => rows.index(INDEXED[store]).getAll(of));
export const everything = (store) => run(store, "readonly", (rows) => rows.getAll());
export const get = (store, id) => run(store, "readonly", (rows) => rows.get(id));
export const put = (store, row) => run(store, "readwrite", (rows) => rows.put(row));
export const remove = (store, id) => run(store, "readwrite", (rows) => rows.delete(id));

/** Change one row as it stands now; nothing happens to one that is gone. */
export async function change(store, id, how) {
  const rows = (await open()).transaction(store, "readwrite").objectStore(store);
  const row = await done(rows.get(id));
  if (row) await done(rows.put({ ...row, ...how }));
}

async function run(store, mode, ask) {
  return done(ask((await open()).transaction(store, mode).objectStore(store)));
}

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const [store, index] of Object.entries(INDEXED)) asked.result.createObjectStore(store, { keyPath: "id" }).createIndex(index, index);
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

function done(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
