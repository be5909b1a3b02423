/**
 * Saves an unfinished form while somebody types, and says so. What cannot be saved stays in the form and is tried again;
 * where a colleague's text is in the way nothing is written over: the button beside it shows both.
 */
import { tell } from "./parts.js";

const PAUSE = 1500, AGAIN = 15000, MOST_ON_LEAVING = 60000;

export function begin(said) {
  const form = said.closest("form");
  let dirty = false, busy = false, over = false, timer;

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  const typing = () => {
    if (over) return;
    dirty = true;
    if (!busy) later(PAUSE);
  };
  const kept = (told) => {
    if (told.ok) {
      form.elements.konsep.value = told.konsep;
      tell(said, "kept", { at: told.pukul });
    } else {
      over = true;
      tell(said, told.sebab);
    }
  };
  const send = async (leaving = false) => {
    const answer = await fetch(said.dataset.to, {
      method: "POST", headers: { Accept: "application/json" }, body: typed(form), keepalive: leaving, redirect: "error",
    });
    return { ...(await answer.json()), ok: answer.ok };
  };

  async function save() {
    if (!dirty || busy || over) return;
    [busy, dirty] = [true, false];
    let pause = PAUSE;
    try {
      kept(await send());
    } catch {
      [dirty, pause] = [true, AGAIN];
      tell(said, "unsaved");
    }
    busy = false;
    if (dirty && !over) later(pause);
  }

  form.addEventListener("input", typing);
  form.addEventListener("change", typing);
  form.addEventListener("submit", () => {
    over = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => (over = false));
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !dirty || busy || over || `${typed(form)}`.length > MOST_ON_LEAVING) return;
    dirty = false;
    send(true).then(kept).catch(() => (dirty = true));
  });
}

/** Everything but files: those go with the button, when somebody decides to send them. */
function typed(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}
