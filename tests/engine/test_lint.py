"""What the checker says of diagrams: one seeded fault each, and silence on what is sound."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.bpmn.grammar import ExpressionRefused, parse
from engine.bpmn.lint import lint
from engine.bpmn.lint.language import FUNCTIONS, read_expression
from engine.bpmn.vocabulary import plain_words
from engine.bpmn.words import Words
from engine.calendars import Calendar, Hours
from engine.model import Severity
from tests.builders import ROOT

from .drawing import (
    both,
    boundary,
    catch,
    diagram,
    either,
    end,
    flow,
    line,
    message,
    on_message,
    said,
    script,
    shape,
    start,
    sub,
    timer,
    user,
)

PROMISE = 'promise id="layanan" name="Izin" budget="5" unit="working_days" basis="configuration" source="contoh"'
SERVICE = 'service code="KRK" starters="pemohon"'
STAGE = 'stage id="periksa" name="Periksa" now="Kami memeriksa"'


@pytest.fixture
def words() -> Words:
    class NoDates:
        def due(self, promise: str) -> None: ...
        def at_share(self, promise: str, percent: int) -> None: ...
        def before_due(self, promise: str, working_days: int) -> None: ...
        def after_due(self, promise: str, working_days: int) -> None: ...

    zone = ZoneInfo("Asia/Jakarta")
    return Words(
        datetime(2026, 11, 23, 2, tzinfo=UTC), Calendar(zone, {0: Hours(time(8), time(16))}, {}, 2026), NoDates()
    )


def errors(xml: bytes) -> set[str]:
    return {problem.code for problem in lint(xml, "process.bpmn") if problem.severity is Severity.ERROR}


def warnings(xml: bytes) -> set[str]:
    return {problem.code for problem in lint(xml, "process.bpmn") if problem.severity is Severity.WARNING}


def between(*parts: str, through: tuple[str, ...] = (), head: str = "") -> bytes:
    """A diagram from start to end through the named shapes, with anything else drawn beside it."""
    return diagram(start(), *parts, end(), line("begin", *through, "done"), head=head)


def waiting(inside: str, head: str = "") -> bytes:
    """A diagram that waits for one event."""
    return between(catch("wait", inside), through=("wait",), head=head)


def on_border(inside: str, interrupting: str = "true", head: str = "") -> bytes:
    """A diagram whose only task has an event on its border."""
    return between(
        user("fill"),
        boundary("border", "fill", inside, interrupting),
        end("late"),
        flow("border", "late"),
        through=("fill",),
        head=head,
    )


PERMIT = diagram(
    start(),
    user("fill"),
    script("sum", "fee = area * 2500"),
    user("check_file"),
    user("inspect"),
    user("review"),
    either("decide", "decide__done"),
    user("approve"),
    end(),
    line("begin", "fill", "sum", "check_file", "inspect", "review", "decide", "done"),
    flow("decide", "approve", "review.ok"),
    flow("approve", "done"),
)

SERVICE_DIAGRAM = diagram(
    said(SERVICE, STAGE, PROMISE),
    start("pendaftaran"),
    sub(
        "layanan_utuh",
        start("mulai"),
        user("verifikasi", janji_role="verifikator", janji_stage="periksa", janji_starts="layanan"),
        either("lengkap", "lengkap__lanjut"),
        user("perbaikan", janji_role="pemohon", janji_stage="periksa", janji_pauses="layanan"),
        both("bagi"),
        user("peta", janji_role="peta", janji_stage="periksa"),
        user("lapangan", janji_role="lapangan", janji_stage="periksa"),
        either("lanjut"),
        both("kumpul"),
        script("beri_tahu", 'notify("pemohon", "terbit")\nissue("krk", months=6)\nconclude("terbit")'),
        shape("endEvent", "terbit", "<bpmn:terminateEventDefinition/>", janji_keeps="layanan"),
        line("mulai", "verifikasi", "lengkap", "lanjut", "bagi", "peta", "kumpul", "beri_tahu", "terbit"),
        flow("lengkap", "perbaikan", 'verifikasi.hasil == "kurang"'),
        line("perbaikan", "verifikasi"),
        line("bagi", "lapangan", "kumpul"),
    ),
    boundary("penarikan", "layanan_utuh", on_message()),
    boundary("jatuh_tempo", "layanan_utuh", timer("timeDate", 'due("layanan")'), "false"),
    boundary("ingatkan", "layanan_utuh", timer("timeCycle", "every(working_days=1)"), "false"),
    script("tegur", 'escalate("kepala_dinas")'),
    end("ditarik"),
    end("ditegur"),
    end(),
    line("pendaftaran", "layanan_utuh", "done"),
    line("penarikan", "ditarik"),
    line("jatuh_tempo", "tegur", "ditegur"),
    flow("ingatkan", "tegur"),
    head=message("msg", "penarikan"),
)

SOUND = {
    "the smallest": between(user("fill"), through=("fill",)),
    "a permit in five steps": PERMIT,
    "a service with everything": SERVICE_DIAGRAM,
    "no executable mark at all": diagram(start(), user("fill"), end(), line("begin", "fill", "done"), process='id="p"'),
    "a rework loop with a person in it": between(
        user("fill"),
        either("again", "again__done"),
        flow("again", "fill", "fill.wrong"),
        through=("fill", "again"),
    ),
    "a loop through a parallel block that waits": between(
        either("back"),
        both("split"),
        user("ask"),
        script("note", "asked = True"),
        both("join"),
        either("again", "again__done"),
        line("split", "note", "join"),
        flow("again", "back", "ask.wrong"),
        through=("back", "split", "ask", "join", "again"),
    ),
    "a waiting loop on a timer": between(
        script("note", "n = 1"),
        catch("tomorrow", timer("timeDuration", "working_days(1)")),
        either("again", "again__done"),
        flow("again", "note", "n < 3"),
        through=("note", "tomorrow", "again"),
    ),
    "an optional parallel branch": between(
        both("split"),
        either("needed", "needed__merge"),
        user("extra"),
        either("merge"),
        user("always"),
        both("join"),
        line("split", "always", "join"),
        flow("needed", "extra", "begin.big"),
        line("extra", "merge"),
        through=("split", "needed", "merge", "join"),
    ),
    "every kind of written time": between(
        catch("a", timer("timeDuration", "'P3D'")),
        catch("b", timer("timeDate", "'2030-01-01T00:00:00+07:00'")),
        catch("c", timer("timeDuration", '"PT36H"')),
        catch("d", timer("timeDate", "begin.until")),
        through=("a", "b", "c", "d"),
    ),
    "a data object drawn beside its task": between(
        '<bpmn:dataObject id="file"/><bpmn:dataObjectReference id="file_ref" dataObjectRef="file"/>',
        shape(
            "userTask",
            "fill",
            '<bpmn:dataOutputAssociation id="out"><bpmn:targetRef>file_ref</bpmn:targetRef>'
            "</bpmn:dataOutputAssociation>",
        ),
        through=("fill",),
    ),
    "an event gateway with one timer": between(
        shape("eventBasedGateway", "first"),
        catch("paid", on_message()),
        catch("late", timer("timeDuration", "days(14)")),
        flow("first", "late"),
        flow("late", "done"),
        through=("first", "paid"),
        head=message(),
    ),
    "an error that a sub-process throws": between(
        sub(
            "work",
            start("in"),
            user("attempt"),
            either("fine", "fine__out"),
            end("out"),
            shape("endEvent", "failed", "<bpmn:errorEventDefinition/>"),
            line("in", "attempt", "fine", "out"),
            flow("fine", "failed", "attempt.failed"),
        ),
        boundary("caught", "work", "<bpmn:errorEventDefinition/>"),
        flow("caught", "done"),
        through=("work",),
    ),
    "another pool that only shows who takes part": diagram(
        start(),
        user("fill"),
        end(),
        line("begin", "fill", "done"),
        tail='<bpmn:process id="other" isExecutable="false"><bpmn:task id="lonely"/></bpmn:process>',
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_diagram_has_no_errors(name: str) -> None:
    assert [p for p in lint(SOUND[name], "process.bpmn") if p.severity is Severity.ERROR] == []


def test_a_service_that_says_everything_earns_only_the_warning_about_its_missing_drawing() -> None:
    assert warnings(SERVICE_DIAGRAM) == {"no-drawing"}


FAULTY = {
    # the file
    "xml-doctype": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "xml-malformed": b"<bpmn:definitions",
    "not-bpmn": b"<svg/>",
    "no-process": diagram().replace(b"bpmn:process", b"bpmn:category"),
    "not-executable": diagram(start(), end(), line("begin", "done"), process='id="p" isExecutable="false"'),
    "several-processes": diagram(
        start(),
        end(),
        line("begin", "done"),
        tail=f'<bpmn:process id="q" isExecutable="true">{start("x")}{end("y")}{line("x", "y")}</bpmn:process>',
    ),
    # ids
    "duplicate-id": between(user("fill"), shape("textAnnotation", "fill"), through=("fill",)),
    "reserved-id": between(user("End"), through=("End",)),
    "no-id": between('<bpmn:userTask name="Isi"/>'),
    # flows
    "dangling-flow": between(user("fill"), flow("fill", "nowhere"), through=("fill",)),
    "unreachable": between(user("island"), flow("island", "done")),
    "no-outgoing": diagram(start(), user("fill"), flow("begin", "fill"), end(), end("other"), flow("begin", "other")),
    "boundary-leads-nowhere": between(
        user("fill"), boundary("late", "fill", timer("timeDuration", "days(1)")), through=("fill",)
    ),
    "boundary-unattached": between(
        user("fill"),
        boundary("late", "gone", timer("timeDuration", "days(1)")),
        flow("late", "done"),
        through=("fill",),
    ),
    "several-outgoing": between(user("fill"), user("two"), flow("fill", "two"), flow("two", "done"), through=("fill",)),
    "no-start": diagram(user("fill"), end(), line("fill", "done")),
    "several-starts": between(start("second"), flow("second", "done")),
    "no-end": diagram(start(), user("fill"), line("begin", "fill")),
    "flow-into-event": between(user("fill"), flow("fill", "begin"), through=("fill",)),
    "flow-out-of-end": between(user("fill"), flow("done", "fill"), through=("fill",)),
    # gateways
    "no-default": between(
        either("choose"), user("fill"), flow("choose", "fill", "begin.a"), flow("fill", "done"), through=("choose",)
    ),
    "no-condition": between(
        either("choose", "choose__done"),
        user("fill"),
        flow("choose", "fill"),
        flow("fill", "done"),
        through=("choose",),
    ),
    "default-elsewhere": between(either("choose", "begin__choose"), through=("choose",)),
    "condition-ignored": diagram(
        start(), user("fill"), end(), flow("begin", "fill"), flow("fill", "done", "begin.a == 1")
    ),
    "complex-gateway": between(shape("complexGateway", "c"), through=("c",)),
    "inclusive-gateway": between(shape("inclusiveGateway", "c"), through=("c",)),
    "join-starves": between(
        either("choose", "choose__join"),
        user("fill"),
        both("join"),
        flow("choose", "fill", "begin.a"),
        flow("fill", "join"),
        through=("choose", "join"),
    ),
    "two-timers": between(
        shape("eventBasedGateway", "first"),
        catch("five", timer("timeDuration", "days(5)")),
        catch("two", timer("timeDuration", "days(2)")),
        flow("first", "two"),
        flow("two", "done"),
        through=("first", "five"),
    ),
    "event-gateway-target": between(
        shape("eventBasedGateway", "first"),
        user("fill"),
        catch("two", timer("timeDuration", "days(2)")),
        flow("first", "two"),
        flow("two", "done"),
        through=("first", "fill"),
    ),
    "endless-loop": between(
        script("count", "n = given('n', 0) + 1"),
        either("again", "again__done"),
        flow("again", "count", "n < 1000000"),
        through=("count", "again"),
    ),
    # timers and expressions
    "timer-quotes": waiting(timer("timeDuration", "P10D")),
    "timer-empty": waiting(timer("timeDuration", " ")),
    "timer-several": waiting(
        "<bpmn:timerEventDefinition><bpmn:timeDate>begin.a</bpmn:timeDate>"
        "<bpmn:timeDuration>days(1)</bpmn:timeDuration></bpmn:timerEventDefinition>"
    ),
    "timer-cron": waiting(timer("timeCycle", "0 0 9 * * ?")),
    "timer-invalid": waiting(timer("timeDate", "'P3D'")),
    "timer-kind": waiting(timer("timeDate", "every(days=1)")),
    "unknown-promise": waiting(timer("timeDate", 'due("layanan")')),
    "expression-foreign": waiting(timer("timeDuration", "${wait}")),
    "expression-syntax": between(
        either("choose", "choose__done"),
        user("fill"),
        flow("choose", "fill", "begin.a ="),
        flow("fill", "done"),
        through=("choose",),
    ),
    "expression-refused": waiting(timer("timeDate", "working_days(10).isoformat()")),
    "expression-too-big": between(script("eat", "x = 'a' * 1000000000"), through=("eat",)),
    "unknown-word": between(script("send_it", 'notfy("pemohon", "x")'), through=("send_it",)),
    # scripts
    "script-syntax": between(script("bad", "fee = = 2"), through=("bad",)),
    "script-empty": between(script("bad", " "), through=("bad",)),
    "script-loop": between(script("bad", "while True:\n  x = 1"), through=("bad",)),
    "script-refused": between(script("bad", "import os"), through=("bad",)),
    "script-ignored": between(
        shape(
            "userTask",
            "fill",
            "<bpmn:extensionElements><spiffworkflow:preScript>x = 1</spiffworkflow:preScript></bpmn:extensionElements>",
        ),
        through=("fill",),
    ),
    "script-language": between(
        shape("scriptTask", "bad", "<bpmn:script>x = 1</bpmn:script>", scriptFormat="javascript"), through=("bad",)
    ),
    "word-arguments": between(script("bad", 'notify("pemohon")'), through=("bad",)),
    "unknown-permit-state": between(script("bad", 'permit_state("hidup")'), through=("bad",)),
    # events
    "signal-end": diagram(start(), shape("endEvent", "done", "<bpmn:signalEventDefinition/>"), flow("begin", "done")),
    "link-event": between(
        shape("intermediateThrowEvent", "jump", '<bpmn:linkEventDefinition name="a"/>'), through=("jump",)
    ),
    "compensate-event": between(
        shape("intermediateThrowEvent", "undo", "<bpmn:compensateEventDefinition/>"), through=("undo",)
    ),
    "compensation": between(user("fill", isForCompensation="true"), through=("fill",)),
    "conditional-event": waiting(
        "<bpmn:conditionalEventDefinition><bpmn:condition>x</bpmn:condition></bpmn:conditionalEventDefinition>"
    ),
    "event-empty": waiting(""),
    "several-definitions": waiting(timer("timeDuration", "days(1)") + on_message(), head=message()),
    "message-nameless": waiting(on_message(), head='<bpmn:message id="msg"/>'),
    "message-unknown": waiting(on_message("gone")),
    "error-unknown": diagram(
        start(), shape("endEvent", "done", '<bpmn:errorEventDefinition errorRef="e"/>'), flow("begin", "done")
    ),
    "start-waits": between(
        sub("inner", shape("startEvent", "in", timer("timeDuration", "days(1)")), end("out"), line("in", "out")),
        through=("inner",),
    ),
    "cancel-event": on_border("<bpmn:cancelEventDefinition/>"),
    # shapes
    "event-sub-process": between(
        sub("handler", shape("startEvent", "in", on_message()), end("out"), line("in", "out"), triggeredByEvent="true"),
        head=message(),
    ),
    "ad-hoc": between(shape("adHocSubProcess", "any", user("fill")), through=("any",)),
    "service-task": between(shape("serviceTask", "call"), through=("call",)),
    "called-process": between(shape("callActivity", "call", calledElement="elsewhere"), through=("call",)),
    "calls-itself": between(shape("callActivity", "call", calledElement="permit"), through=("call",)),
    "no-decision": between(shape("businessRuleTask", "rule"), through=("rule",)),
    "multi-instance": between(shape("userTask", "each", "<bpmn:multiInstanceLoopCharacteristics/>"), through=("each",)),
    "data-store": between(head='<bpmn:dataStore id="d" name="d"/>'),
    "data-object": between(
        '<bpmn:dataObject id="file"/><bpmn:dataObjectReference id="file_ref" dataObjectRef="file"/>',
        sub(
            "one",
            start("s1"),
            end("e1"),
            sub(
                "two",
                start("s2"),
                end("e2"),
                shape(
                    "userTask",
                    "deep",
                    '<bpmn:dataInputAssociation id="i"><bpmn:sourceRef>file_ref</bpmn:sourceRef>'
                    "</bpmn:dataInputAssociation>",
                ),
                line("s2", "deep", "e2"),
            ),
            line("s1", "two", "e1"),
        ),
        through=("one",),
    ),
    # our namespace
    "unknown-janji": between(user("fill", janji_rol="x"), through=("fill",)),
    "unknown-namespace": between(user("fill", janji_role="x"), through=("fill",)).replace(
        b"urn:janji:bpmn:1.0", b"urn:janji:bpmn:2.0"
    ),
    "unknown-stage": between(said(STAGE), user("fill", janji_stage="periska"), through=("fill",)),
    "promise-never-starts": between(said(PROMISE), user("fill", janji_keeps="layanan"), through=("fill",)),
    "promise-never-kept": between(said(PROMISE), user("fill", janji_starts="layanan"), through=("fill",)),
    "promise-budget": between(said(PROMISE.replace('"5"', '"lima"'))),
    "promise-unit": between(said(PROMISE.replace("working_days", "hari"))),
    "promise-basis": between(said(PROMISE.replace("configuration", "guess"))),
    "duplicate-promise": between(said(PROMISE, PROMISE)),
    "duplicate-stage": between(said(STAGE, STAGE)),
    "incomplete": between(said('stage id="a" name="A"')),
    "service-code": between(said('service code="krk 1" starters="pemohon"')),
    "pauses-nothing": between(
        said(PROMISE),
        script("wait", "x = 1").replace("<bpmn:scriptTask", '<bpmn:scriptTask janji:pauses="layanan"'),
        through=("wait",),
    ),
    "standing": between(user("fill", janji_standing="ya"), through=("fill",)),
    "checks-nothing": between(user("fill", janji_checks=""), through=("fill",)),
    "checks-unknown": between(user("fill", janji_checks="fill start"), through=("fill",)),
}


@pytest.mark.parametrize("code", FAULTY)
def test_a_seeded_fault_is_told_by_its_own_code(code: str) -> None:
    assert code in errors(FAULTY[code])


DOUBTFUL = {
    "hears-again": on_border(on_message(), "false", message()),
    "cycle-once": on_border(timer("timeCycle", "every(days=1)")),
    "runs-twice": between(
        both("split"), user("a"), user("b"), user("after"), line("split", "b", "after"),
        through=("split", "a", "after"),
    ),
    "id-not-a-name": between(user("isi-data"), through=("isi-data",)),
    "no-role": between(user("fill"), through=("fill",)),
    "no-stage": between(said(STAGE), user("fill"), through=("fill",)),
    "lane-without-role": between(
        '<bpmn:laneSet id="l"><bpmn:lane id="lane" name="Loket"><bpmn:flowNodeRef>fill</bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:laneSet>",
        user("fill"),
        through=("fill",),
    ),
    "unknown-name": between(
        user("verifikasi"),
        either("ok", "ok__done"),
        user("fix"),
        flow("ok", "fix", "verifkasi.lengkap"),
        flow("fix", "done"),
        through=("verifikasi", "ok"),
    ),
    "start-waits": diagram(
        shape("startEvent", "begin", on_message()), end(), flow("begin", "done"), head=message()
    ),
    "no-service": PERMIT,
    "not-drawn": diagram(
        start(), end(), flow("begin", "done"),
        tail='<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="pl" bpmnElement="permit">'
        '<bpmndi:BPMNShape id="s1" bpmnElement="begin"><dc:Bounds x="0" y="0" width="1" height="1"/></bpmndi:BPMNShape>'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", DOUBTFUL)
def test_what_runs_but_is_hardly_meant_is_a_warning_only(code: str) -> None:
    assert code in warnings(DOUBTFUL[code])
    assert errors(DOUBTFUL[code]) == set()


def test_every_fault_of_a_file_is_told_at_once() -> None:
    xml = between(
        user("End"),
        script("eat", "import os"),
        catch("late", timer("timeDuration", "P1D")),
        through=("End", "eat", "late"),
    )

    assert {"reserved-id", "script-refused", "timer-quotes"} <= errors(xml)


def test_a_misspelt_attribute_names_the_nearest_known_one() -> None:
    [told] = [p.message for p in lint(FAULTY["unknown-janji"], "process.bpmn") if p.code == "unknown-janji"]

    assert "did you mean “role”" in told


def test_a_join_that_starves_names_the_arrow_that_may_not_come() -> None:
    [told] = [p.message for p in lint(FAULTY["join-starves"], "process.bpmn") if p.code == "join-starves"]

    assert "“fill”" in told or "“choose”" in told


# ── the vocabulary is the run's ───────────────────────────────────────────────────────────────────────────────────


def test_the_checker_knows_exactly_the_words_of_the_run(words: Words) -> None:
    assert {*plain_words(dict), *words.functions(lambda _path: None)} == FUNCTIONS


ODD_EXPRESSIONS = [
    "a.b == 'c'", "a if b else c", "not a and b or c", "[1, 2][0]", "{'a': 1}['a']", "given('a.b', 0) + 1", "-a",
    "a is None",
    "a is 3", "lambda: 1", "[x for x in y]", "f'{a}'", "2 ** 9", "a[1:2]", "a.__class__", "_a", "().__class__", "a @ b",
    "a := 1", "{**a}", "len(*a)", "len(**a)", "b'x'", "...", "1j", "a << 2", "~a", "a & b", "{1, 2}", "await a",
    "yield",
    "'a' * 9", "'%d' % 1", "a.b()", "(a)(1)", "a if", "", "a b", "((((((1))))))", "a in ['x']", "a < b < c", "1e400",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD_EXPRESSIONS)
def test_what_the_run_refuses_the_checker_never_passes(text: str) -> None:
    try:
        parse(text)
    except ExpressionRefused:
        assert read_expression(text).faults


# ── strangers' files ──────────────────────────────────────────────────────────────────────────────────────────────

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>"""

HOSTILE = {
    "nothing": b"",
    "a picture": bytes(range(256)) * 40,
    "a page": b"<!doctype html><html><p>Halo</html>",
    "an entity bomb": LAUGHS,
    "a file outside": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "too deep": b"<a>" * 5000 + b"</a>" * 5000,
    "too large": b"<a>" + b" " * 3_000_000 + b"</a>",
    "too many": b"<a>" + b"<b/>" * 50_000 + b"</a>",
    "another encoding": '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"),
    "only a declaration": b"<?xml version='1.0'?>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_becomes_one_plain_problem(name: str) -> None:
    found = lint(HOSTILE[name], "process.bpmn")

    assert [problem.severity for problem in found] == [Severity.ERROR]
    assert found[0].message


def test_deep_nesting_of_sub_processes_is_judged_without_recursion() -> None:
    inner = user("deepest") + line("in0", "deepest", "out0")
    for depth in range(90):
        inner = start(f"in{depth}") + end(f"out{depth}") + inner
        around = f"in{depth + 1}", f"work{depth}", f"out{depth + 1}"
        inner = sub(f"work{depth}", inner) + line(*around)
    xml = diagram(start("in90"), end("out90"), inner)

    assert "unreachable" not in errors(xml)


def test_ten_thousand_choices_in_a_row_stay_within_bounds() -> None:
    """Each gateway doubles the ways; the walk is bounded by work, not by ways."""
    parts, previous = [start(), both("split"), both("join")], "begin"
    parts.append(flow("begin", "split"))
    for branch in range(40):
        names = [f"b{branch}_{step}" for step in range(8)]
        for one, two in pairwise(names):
            parts.append(either(one, f"{one}__{two}"))
            parts.append(user(f"{one}_t"))
            parts += [flow(one, two), flow(one, f"{one}_t", "x == 1"), flow(f"{one}_t", two)]
        parts += [user(names[-1]), flow("split", names[0]), flow(names[-1], "join")]
        previous = "join"
    parts += [end(), flow(previous, "done")]

    assert errors(diagram(*parts)) == set()


def test_thousands_of_calls_and_markers_cost_no_more_than_their_number() -> None:
    names = [f"call{number}" for number in range(1500)]
    rows = "<bpmn:loopDataInputRef>x</bpmn:loopDataInputRef>"
    each = f"<bpmn:multiInstanceLoopCharacteristics>{rows}</bpmn:multiInstanceLoopCharacteristics>"
    parts = [shape("callActivity", name, each, calledElement="called") for name in names]
    inside = start("s") + user("u") + end("e") + line("s", "u", "e")
    called = f'<bpmn:process id="called" isExecutable="true">{inside}</bpmn:process>'
    xml = diagram(start(), *parts, end(), line("begin", *names, "done"), tail=called)

    assert "called-process" not in errors(xml)


def test_a_sum_too_long_to_be_worked_out_is_refused() -> None:
    assert "expression-too-big" in errors(between(script("add", "x = " + "1+" * 4000 + "1"), through=("add",)))


def test_a_path_of_more_steps_than_the_engine_can_follow_is_told_and_not_raised() -> None:
    names = [f"step{number}" for number in range(3000)]
    xml = diagram(start(), *[user(name) for name in names], end(), line("begin", *names, "done"))

    assert errors(xml) == {"engine-refused"}


PIECES = st.sampled_from(
    [
        b'id="fill"', b"bpmn:userTask", b"bpmn:scriptTask", b"bpmn:parallelGateway", b"bpmn:subProcess", b"sourceRef",
        b'targetRef="fill"', b"verifikasi", b"janji:role", b"attachedToRef", b"cancelActivity", b"P10D", b"${x}", b"",
        b"<",
        b"</bpmn:process>", b'"', b"bpmn:startEvent", b"bpmn:callActivity", b'calledElement="permit"', b"\x00", b"\xff",
        b"due(", b"**", b"isExecutable", b"endEvent", b"bpmn:timeDate", b"default", b"messageRef", b"&amp;",
        b"bpmn:lane",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), min_size=1, max_size=6))
def test_no_damage_to_a_diagram_makes_the_checker_raise(cuts: list[tuple[float, int, bytes]]) -> None:
    xml = SERVICE_DIAGRAM
    for place, length, piece in cuts:
        at = int(place * len(xml))
        xml = xml[:at] + piece + xml[at + length :]

    assert isinstance(lint(xml, "process.bpmn"), list)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=8))
def test_no_exchange_of_words_in_a_diagram_makes_the_checker_raise(swaps: list[tuple[int, int]]) -> None:
    """Well-formed nonsense gets further than broken XML does."""
    words = SERVICE_DIAGRAM.split(b'"')
    values = range(1, len(words), 2)
    for one, other in swaps:
        a, b = values[one % len(values)], values[other % len(values)]
        if words[a].startswith((b"http", b"urn", b"UTF", b"1.0")) or words[b].startswith(
            (b"http", b"urn", b"UTF", b"1.0")
        ):
            continue
        words[a], words[b] = words[b], words[a]

    assert isinstance(lint(b'"'.join(words), "process.bpmn"), list)


@pytest.mark.parametrize("metres", ['metres="dekat"', ""])
def test_how_near_two_points_must_lie_is_a_number_of_metres(metres):
    drawn = (ROOT / "processes" / "complaint" / "process.bpmn").read_bytes()
    problems = lint(drawn.replace(b'metres="250"', metres.encode()), "process.bpmn")

    assert [problem.code for problem in problems if problem.severity is Severity.ERROR] == ["similar-metres"]
