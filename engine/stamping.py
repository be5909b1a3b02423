"""The keys that sign the codes on papers: one that signs today, and every older one that papers still name.

They lie in a folder that only this account reads. Private keys are files of mode 0600; the public ones stand in
`keys.json` and are published. After `rotate` the old private key is gone and its public half stays, because papers live
longer than keys. `withdraw` marks a key that may have been copied: what it signed is worth nothing without our word.

The key belongs to the installation and names no person: *tidak tersertifikasi* in the words of PP 71/2019 article 60.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from .clock import Clock, SystemClock
from .stamps import Stamp, StampRefused, line_in, read

_LIST = "keys.json"


class StampKeysUnusable(RuntimeError):
    """The keys cannot be used. The message says which file and what to do."""


@dataclass(frozen=True, slots=True)
class StampKey:
    """The public half of a key: 32 bytes in base64url. Instants are ISO texts in UTC, empty: not yet."""

    id: str
    public: str
    made_at: str
    retired_at: str = ""
    withdrawn_at: str = ""

    @property
    def bytes(self) -> bytes:
        return base64.urlsafe_b64decode(self.public + "=")


@dataclass(frozen=True, slots=True)
class Judged:
    """`outcome`: `genuine`, `forged`, `unknown_key`, `withdrawn`, or why it is no stamp (see `StampRefused`).

    `line` is the line as we would write it, empty unless it is genuine.
    """

    outcome: str
    stamp: Stamp | None = None
    line: str = ""


class StampKeys:
    """The keys in `folder`. The first is made on first use; two processes that try at once end up with one."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self._folder = folder / "stamp"
        self._clock = clock or SystemClock()

    def published(self) -> tuple[StampKey, ...]:
        """Every public key that a paper may name, the newest last."""
        self._make()
        try:
            return tuple(StampKey(**one) for one in json.loads((self._folder / _LIST).read_text()))
        except (OSError, ValueError, TypeError) as broken:
            raise StampKeysUnusable(
                f"{_LIST} in the folder of keys cannot be read: bring it back from a copy"
            ) from broken

    def current_id(self) -> str:
        """The id of the key that signs now."""
        return self.published()[-1].id

    def sign(self, body: str) -> bytes:
        """The signature of today's key. Raises StampKeysUnusable when its private half is gone."""
        return self._private(self.current_id()).sign(body.encode())

    def judged(self, text: str) -> Judged:
        """What a code that somebody brings is worth by its signature alone. Never raises for what was typed."""
        try:
            stamp, signature = read(text)
        except StampRefused as refused:
            return Judged(refused.code)
        key = self._by_id().get(stamp.key_id)
        if key is None:
            return Judged("unknown_key", stamp)
        if key.withdrawn_at:
            return Judged("withdrawn", stamp)
        try:
            Ed25519PublicKey.from_public_bytes(key.bytes).verify(signature, stamp.body.encode())
        except InvalidSignature:
            return Judged("forged", stamp)
        return Judged("genuine", stamp, line_in(text))

    def rotate(self) -> StampKey:
        """Sign with a fresh key from now on. The old private key is deleted, its public half stays published."""
        old, now = self.published(), self._now()
        new, private = _fresh(now)
        _write_private(self._folder / f"{new.id}.key", private)
        self._store((*old[:-1], replace(old[-1], retired_at=now), new))
        (self._folder / f"{old[-1].id}.key").unlink(missing_ok=True)
        return new

    def withdraw(self, key_id: str) -> StampKey:
        """Mark a key as not to be trusted; one that still signs is rotated first. Raises LookupError."""
        wanted = key_id.strip().upper()
        if wanted not in self._by_id():
            raise LookupError(f"there is no key {wanted}; `janji keys list` shows them")
        if wanted == self.current_id():
            self.rotate()
        marked = tuple(replace(one, withdrawn_at=self._now()) if one.id == wanted else one for one in self.published())
        self._store(marked)
        return next(one for one in marked if one.id == wanted)

    def _by_id(self) -> Mapping[str, StampKey]:
        return {key.id: key for key in self.published()}

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")

    def _private(self, key_id: str) -> Ed25519PrivateKey:
        path = self._folder / f"{key_id}.key"
        try:
            found = load_pem_private_key(path.read_bytes(), None)
        except (OSError, ValueError) as broken:
            raise StampKeysUnusable(f"{path.name} cannot be read; `janji keys rotate` makes a new one") from broken
        if not isinstance(found, Ed25519PrivateKey):
            raise StampKeysUnusable(f"{path.name} is no Ed25519 key; `janji keys rotate` makes a new one")
        return found

    def _store(self, keys: tuple[StampKey, ...]) -> None:
        new = self._folder / f".{_LIST}.new"
        new.unlink(missing_ok=True)
        _write_private(new, _listed(keys))
        new.replace(self._folder / _LIST)

    def _make(self) -> None:
        if self._folder.exists():
            return
        self._folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = Path(mkdtemp(dir=self._folder.parent, prefix=".new-"))
        key, private = _fresh(self._now())
        for name, content in ((f"{key.id}.key", private), (_LIST, _listed((key,)))):
            _write_private(new / name, content)
        try:
            new.rename(self._folder)
        except OSError:  # somebody else was first
            for left in new.iterdir():
                left.unlink()
            new.rmdir()


def key_id(public: bytes) -> str:
    """The short name of a public key: 40 bits of its SHA-256."""
    return base64.b32encode(hashlib.sha256(public).digest()[:5]).decode()


def _fresh(now: str) -> tuple[StampKey, bytes]:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return StampKey(key_id(public), base64.urlsafe_b64encode(public).decode().rstrip("="), now), pem


def _listed(keys: tuple[StampKey, ...]) -> bytes:
    return json.dumps([asdict(key) for key in keys], indent=1).encode()


def _write_private(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
