"""A fresh house for every story: an empty store in a temporary folder, the real services, a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.almanac import Almanac
from engine.city import City
from engine.clock import MovableClock
from engine.documents import Archive
from engine.engine import Engine
from engine.house import House
from engine.library import Shelf
from engine.store import Store
from engine.stories.files import Story
from engine.stories.playing import Stage

_KEY = b"a key for stories, which open nothing real"
_UPLOAD_BYTES = 10 * 1024 * 1024


class Theatre:
    """Plays stories of the services in `folders`, each on a house of its own. Use as a context manager."""

    def __init__(self, city: City, folders: Iterable[Path], forms: Path) -> None:
        self._city = city
        self._folders = list(folders)
        self._forms = forms
        self._shelf = Shelf()
        self._temporary = TemporaryDirectory(prefix="janji-stories-")
        self._bare = Path(self._temporary.name) / "bare.sqlite"

    def __enter__(self) -> Theatre:
        store = Store.open(f"sqlite:///{self._bare}")
        store.migrate()
        store.close()
        return self

    def __exit__(self, *_: object) -> None:
        self._temporary.cleanup()

    @contextmanager
    def stage(self, story: Story) -> Iterator[Stage]:
        """A stage set for one story, with the services it tells of published and the clock at its beginning."""
        folder = Path(self._temporary.name)
        path = folder / "story.sqlite"
        shutil.copyfile(self._bare, path)
        begin = story.begin if story.begin.tzinfo else story.begin.replace(tzinfo=self._city.zone)
        clock = MovableClock(begin)
        store = Store.open(f"sqlite:///{path}")
        house = House(store, self._shelf, Almanac(self._city), clock, Archive(folder / "papers"), _KEY, _UPLOAD_BYTES)
        engine = Engine(house)
        try:
            told = {line.service for line in story.lines}
            for service in self._folders:
                if service.name in told:
                    engine.publish(service, self._forms, by="stories")
            yield Stage(engine, house, clock, story)
        finally:
            store.close()
            for left in folder.glob("story.sqlite*"):
                left.unlink()
