from datetime import timedelta

from .test_timers import DATE, DURATION, hosted
from .walking import MONDAY, Walk


def test_a_promise_timer_waits_without_a_date_until_the_ledger_has_one():
    walk = Walk(hosted(("jatuh_tempo", "due('layanan')", DATE, False), ("batas", "days(60)", DURATION, True)))
    assert walk.due["jatuh_tempo"] is None
    assert walk.wake(days=30).passed == ()

    due_at = walk.now + timedelta(days=5)
    walk.rearm(due_at)
    assert walk.due == {"jatuh_tempo": due_at, "batas": MONDAY + timedelta(days=60)}
    assert walk.wake(days=5).passed[0].element == "jatuh_tempo"


def test_a_promise_timer_follows_every_change_and_stands_still_while_paused():
    walk = Walk(
        hosted(
            ("separuh", "at_share('layanan', 50)", DATE, False),
            ("lewat", "after_due('layanan', working_days=2)", DATE, False),
        )
    )
    walk.rearm(MONDAY + timedelta(days=10))
    assert walk.due == {"separuh": MONDAY + timedelta(days=5), "lewat": MONDAY + timedelta(days=12)}
    walk.rearm(None)
    assert walk.due == {"separuh": None, "lewat": None}
    walk.rearm(MONDAY + timedelta(days=20))
    assert walk.due == {"separuh": MONDAY + timedelta(days=10), "lewat": MONDAY + timedelta(days=22)}


def test_rearming_does_not_bring_back_what_has_fired():
    walk = Walk(hosted(("separuh", "at_share('layanan', 50)", DATE, False)))
    walk.rearm(MONDAY + timedelta(days=10))
    walk.wake(days=6)
    walk.rearm(MONDAY + timedelta(days=40))

    assert walk.due == {}
