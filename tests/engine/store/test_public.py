"""What everybody may read lies apart from the cases and is asked the same on both databases."""

from __future__ import annotations

from engine.model import Decision, PromiseState, ProposedRelease, Release
from engine.store.figures import Rated
from engine.store.lists import PublicFilter
from engine.views import PublicOrder, PublicState


def test_the_public_list_is_narrowed_ordered_and_counted_alike(office):
    lamp = office.case(due_at=office.later(days=1), promise_state=PromiseState.RUNNING, started_at=office.at)
    flood = office.case(ended_at=office.later(days=1), started_at=office.later(hours=1))
    secret = office.case(confidential=True, started_at=office.later(hours=2))
    with office.store.write() as w:
        for case, kind, place in ((lamp, "lampu", "33.74.01.1001"), (flood, "banjir", "33.74.02.1002")):
            w.announce(case.id, kind, place, case.started_at)
        w.announce(secret.id, "lampu", "33.74.01.1001", secret.started_at)
        photo = {"of": "d0", "document": "d1", "boxes": []}
        w.release(Release(lamp.id, office.later(hours=3), "maya", "", "Lampu mati.", "-6.988,110.417", [photo]))

    with office.store.read() as r:
        late_at = office.later(days=2)

        def listed(**wanted: object) -> list[str]:
            return [one.reference for one in r.public_list(PublicFilter(**wanted), late_at, None, 20)[0]]

        assert listed() == [flood.reference, lamp.reference], (
            "a confidential one is in no answer, whatever its row says"
        )
        assert listed(order=PublicOrder.OLDEST) == [lamp.reference, flood.reference]
        assert (
            listed(place="33.74.02")
            == listed(category="banjir")
            == listed(state=PublicState.ENDED)
            == [flood.reference]
        )
        assert listed(state=PublicState.LATE) == listed(state=PublicState.GOING) == [lamp.reference]
        assert [(one.place, one.count, one.going, one.late) for one in r.public_places(late_at)] == [
            ("33.74.01.1001", 1, 1, 1),
            ("33.74.02.1002", 1, 0, 0),
        ]
        assert [one.summary for one in r.public_points(PublicFilter(), late_at, 9)] == ["Lampu mati."]
        assert list(r.public_case(lamp.reference)[1].photos) == ["d1"]
        assert r.public_case(secret.reference) is None


def test_a_case_has_one_proposed_release_and_erasing_it_takes_the_words_along(office):
    case, other = office.case(started_at=office.at), office.case(started_at=office.at)
    photo = {"of": "d0", "document": "d1", "boxes": [[0, 0, 50, 100]]}

    def proposal(name: str, case_id: str) -> ProposedRelease:
        return ProposedRelease(name, case_id, "maya", office.at, "", "Lampu mati.", "-6.988,110.417", [photo])

    with office.store.write() as w:
        for one in (case, other):
            w.announce(one.id, "lampu", "33.74.01.1001", one.started_at)
        w.propose_release(proposal("first", case.id))
        w.propose_release(proposal("second", case.id))
        w.propose_release(proposal("third", other.id))
        w.send_back_release(other.id, "Wajah.", "bagus", office.later(hours=1))
        w.release(Release(case.id, office.at, "maya", "", "Lampu mati.", "-6.988,110.417", [photo]))

    with office.store.read() as r:
        assert [one.id for one in r.proposed_releases(Decision.WAITING, 9)] == ["second"]
        [returned] = r.proposed_releases(Decision.REJECTED, 9)
        assert (returned.id, returned.answer, returned.decided_by) == ("third", "Wajah.", "bagus")
        assert r.proposed_release(case.id).photos == [photo]
        assert r.released_points([case.id, other.id]) == {case.id: "-6.988,110.417"}
        assert (r.is_public(case.id), r.is_public(other.id)) == (True, False)

    with office.store.write() as w:
        w.shred(case.id)
    with office.store.read() as r:
        assert r.proposed_release(case.id) is None
        assert list(r.public_case(case.reference)[1].photos) == []


def test_a_page_ends_where_the_next_begins(office):
    made = [office.case(started_at=office.later(minutes=minute // 2)) for minute in range(7)]
    with office.store.write() as w:
        for case in made:
            w.announce(case.id, "", "", case.started_at)

    seen, cursor = [], None
    with office.store.read() as r:
        for _ in range(4):
            rows, cursor = r.public_list(PublicFilter(), office.at, cursor, 2)
            seen += [one.reference for one in rows]

    assert cursor is None
    assert sorted(seen) == sorted(case.reference for case in made)
    assert len(set(seen)) == 7


def test_a_mark_answers_the_survey_once(office):
    first = Rated("mark", "krk", "v1", "2026-11", (4,) * 9, "Bagus")
    with office.store.write() as w:
        assert w.add_survey(first)
        assert not w.add_survey(Rated("mark", "krk", "v1", "2026-11", (1,) * 9, ""))
        w.add_survey(Rated("other", "krk", "v1", "2026-10", (2,) * 9, ""))

    with office.store.read() as r:
        assert r.survey_sums("krk", "2026-11").sums == (4,) * 9
        assert (r.survey_sums("krk", "2026-01").people, r.survey_sums("iptb", "2026-01").people) == (2, 0)
        assert r.survey_comments("krk", "2026-01") == (("2026-11", "Bagus"),)
