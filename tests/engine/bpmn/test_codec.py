import threading

import orjson
import pytest
import zstandard

from engine.bpmn import codec
from engine.bpmn.reader import read
from engine.bpmn.run import Run
from engine.errors import TokensUnreadable

from .drawing import choice, diagram, end, flow, path, script, start, user
from .test_tree import REWORK
from .walking import Walk, words

DRAWN = diagram(start(), user("periksa"), user("putuskan"), end(), path("mulai", "periksa", "putuskan", "selesai"))


@pytest.mark.parametrize(
    "hostile", [{"typename": "set"}, {"typename": "datetime", "value": "x"}, {"typename": None}, {"typename": {}}]
)
def test_answers_that_name_a_type_are_just_answers(hostile):
    walk = Walk(DRAWN, mulai={"a": hostile, **hostile}, **hostile)
    walk.complete("periksa", **hostile)

    assert walk.last.data["periksa"] == hostile
    assert walk.complete("putuskan").data["mulai"] == {"a": hostile, **hostile}


def test_letters_numbers_and_nothing_come_back_as_they_were():
    answers = {
        "s": "Jl. Pemuda № 12 — “Semarang” 🏠",
        "i": 2**63 - 1,
        "f": 0.1,
        "n": None,
        "b": False,
        "l": [],
        "o": {},
        "": "x",
    }
    walk = Walk(DRAWN)
    walk.complete("periksa", **answers)

    assert walk.run().outcome().data["periksa"] == answers


@pytest.mark.parametrize("tokens", [b"", b"\x00", b"\x02", b"\x01", b"\x01garbage", bytes([codec.VERSION + 1]) + b"x"])
def test_tokens_of_an_unknown_version_or_damaged_are_unreadable(tokens):
    definition = read({"process.bpmn": DRAWN})
    with pytest.raises(TokensUnreadable):
        Run(definition, words(), tokens)


def test_tokens_with_the_version_of_tomorrow_are_unreadable_and_say_so():
    tokens = Walk(DRAWN).last.tokens
    with pytest.raises(TokensUnreadable, match="version 9; this program reads version 1"):
        codec.decode(b"\x09" + tokens[1:])


def test_every_cut_and_every_flipped_byte_is_unreadable_or_harmless():
    definition = read({"process.bpmn": DRAWN})
    tokens = Walk(definition).last.tokens
    for at in range(len(tokens)):
        for broken in (tokens[:at], tokens[:at] + bytes([tokens[at] ^ 0xFF]) + tokens[at + 1 :]):
            try:
                Run(definition, words(), broken)
            except TokensUnreadable:
                continue


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"d": {}, "e": False, "w": []},
        {"d": {}, "e": False, "w": [[None, []]]},
        {"d": {}, "e": False, "w": [[None, [["x"]]]]},
        {"d": {}, "e": False, "w": [["0" * 32, []]]},
        {"d": {}, "e": False, "w": [[None, [["0" * 32, 7, "Start", 64, None, None, 0]]]]},
        {"d": {}, "e": False, "w": [[None, [["0" * 32, -1, "Start", 4096, None, None, 0]]]]},
        {"d": 3, "e": 1, "w": 7},
        [],
    ],
)
def test_documents_that_make_no_sense_are_unreadable(document):
    packed = bytes([codec.VERSION]) + zstandard.ZstdCompressor().compress(orjson.dumps(document))
    with pytest.raises(TokensUnreadable):
        Run(read({"process.bpmn": DRAWN}), words(), packed)


def test_a_state_that_names_a_missing_element_is_unreadable():
    tokens = Walk(DRAWN).last.tokens
    changed = read({"process.bpmn": DRAWN.replace(b"periksa", b"telaah")})
    with pytest.raises(TokensUnreadable, match="do not fit their diagram"):
        Run(changed, words(), tokens)


def test_an_ended_case_is_read_as_ended():
    walk = Walk(DRAWN)
    walk.complete("periksa")
    walk.complete("putuskan")
    run = walk.run()
    run.wake()

    assert run.outcome().ended
    assert run.outcome().tokens == walk.last.tokens


def test_a_reloaded_case_never_falls_back_to_running_any_python():
    escape = "x = ().__class__.__base__.__subclasses__()"
    drawn = diagram(
        start(), user("isi"), choice("g"), end(), path("mulai", "isi", "g"), flow("g", "selesai", "isi.a or exec('1')")
    )
    walk = Walk(drawn)
    with pytest.raises(Exception, match="exec"):
        walk.complete("isi", a=False)
    with pytest.raises(Exception, match="1 problems"):
        read({"process.bpmn": diagram(start(), script("s", escape), end(), path("mulai", "s", "selesai"))})


def test_one_definition_serves_many_threads_and_stays_as_it_was_read():
    definition = read({"process.bpmn": REWORK})
    shape = frozen(definition)
    results: list[object] = []

    def work(number: int) -> None:
        walk = Walk(definition, mulai={"nomor": number})
        for turn in range(25):
            walk.wake(days=1)
            if turn % 5 == number % 5:
                walk.deliver("panggilan", n=turn)
            for name in ("i", "j"):
                walk.complete(name, n=number, turn=turn)
            walk.complete("c", lagi=True)
        results.append((number, walk.last.data["mulai"]["nomor"], walk.last.data["j"], sorted(walk.open)))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 8
    for number, kept, last, opened in results:
        assert (kept, last) == (number, {"n": number, "turn": 24})
        assert opened == ["i", *["t"] * 5]
    assert frozen(definition) == shape


def frozen(definition: object) -> object:
    """Everything of the specs that could change: who leads to whom, and who listens."""
    return [
        (name, list(step._inputs), list(step._outputs), step.completed_event.n_subscribers())
        for spec in (definition.spec, *definition.parts.values())
        for name, step in spec.task_specs.items()
    ]
