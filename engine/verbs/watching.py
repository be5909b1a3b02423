"""Following a case that is not one's own, and letting it go. Moves nothing. Who may read it, the questions know."""

from __future__ import annotations

from collections.abc import Collection

from engine.errors import NotFound
from engine.house import House
from engine.model import Actor, ActorKind, Watch

MOST = 100
"""Cases that one person follows: more than anybody reads the news of."""


class Watching:
    """Follows cases. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def watch(self, reference: str, by: Actor) -> bool:
        """Follow a case from now on; False when one follows MOST already. Again changes nothing.

        Raises NotFound for a case there is not, and for one that has ended. Ask `queries.may_watch` first.
        """
        with self._house.store.write() as tx:
            case = tx.case_by_reference(reference)
            if case is None or case.ended_at is not None or by.kind is not ActorKind.STAFF:
                raise NotFound
            if len(tx.watches(by.id)) >= MOST:
                return False
            tx.add_watch(Watch(by.id, case.id, self._house.clock.now(), tx.head(case.id).seq))
            return True

    def unwatch(self, reference: str, by: Actor) -> None:
        """Follow a case no more; one that was not followed is no error."""
        with self._house.store.write() as tx:
            case = tx.case_by_reference(reference)
            if case is not None:
                tx.drop_watch(by.id, case.id)

    def saw(self, case_id: str, by: Actor) -> bool:
        """What there is of a case has been read; tells whether one followed it. One that has ended is let go of."""
        with self._house.store.read() as reads:
            watch = reads.watch(by.id, case_id)
            if watch is None:
                return False
            head, case = reads.head(case_id).seq, reads.case(case_id)
        if case.ended_at is None and head == watch.seen_seq:
            return True  # on most looks: they wait for no writer
        with self._house.store.write() as tx:
            if case.ended_at is not None:
                tx.drop_watch(by.id, case_id)
            else:
                tx.set_watch_seen(by.id, case_id, head)
        return True

    def let_go(self, case_ids: Collection[str], by: Actor) -> None:
        """Follow these no more: one may not read them any longer."""
        with self._house.store.write() as tx:
            for case_id in case_ids:
                tx.drop_watch(by.id, case_id)
