"""The geometry read from a file is the one that was drawn."""

from __future__ import annotations

from engine.bpmn.shapes import drawing
from engine.model import Shape

from .drawing import boundary, diagram, end, flow, line, on_message, start, sub, user


def at(name: str, x: str, y: str, width: str = "100", height: str = "80") -> str:
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}">{bounds}</bpmndi:BPMNShape>'


def way(name: str, *points: tuple[int, int]) -> str:
    drawn = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<bpmndi:BPMNEdge id="{name}_di" bpmnElement="{name}">{drawn}</bpmndi:BPMNEdge>'


def page(*laid_out: str, name: str = "page") -> str:
    plane = f'<bpmndi:BPMNPlane id="{name}_plane" bpmnElement="permit">{"".join(laid_out)}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="{name}">{plane}</bpmndi:BPMNDiagram>'


def drawn(*laid_out: str, more: str = "") -> bytes:
    return diagram(
        start(),
        sub("work", start("in"), user("fill", name="Isi"), end("out"), line("in", "fill", "out")),
        boundary("withdrawn", "work", on_message(), "false"),
        end(),
        line("begin", "work", "done"),
        flow("withdrawn", "done"),
        tail=page(*laid_out) + more,
    )


def test_a_shape_lies_where_it_was_drawn() -> None:
    [shape] = drawing(drawn(at("fill", "10.5", "-20"))).shapes

    assert shape == Shape("fill", "userTask", "Isi", 10.5, -20.0, 100.0, 80.0)


def test_containers_come_before_what_they_hold_and_events_after_their_host() -> None:
    xml = drawn(at("withdrawn", "0", "0", "36", "36"), at("fill", "10", "10"), at("work", "0", "0", "400", "200"))

    assert [shape.id for shape in drawing(xml).shapes] == ["work", "fill", "withdrawn"]


def test_an_event_says_what_it_waits_for_and_whether_it_interrupts() -> None:
    [shape] = drawing(drawn(at("withdrawn", "0", "0", "36", "36"))).shapes

    assert (shape.marker, shape.dashed) == ("message", True)


def test_an_arrow_keeps_its_bends() -> None:
    [edge] = drawing(drawn(way("begin__work", (1, 2), (3, 2), (3, 4)))).edges

    assert edge.points == ((1.0, 2.0), (3.0, 2.0), (3.0, 4.0))


def test_coordinates_that_are_no_numbers_leave_the_shape_out() -> None:
    xml = drawn(
        at("fill", "nan", "0"), at("work", "1e999", "0"), at("begin", "x", "0"), at("done", "0", "", "36", "36")
    )

    assert drawing(xml).shapes == ()


def test_the_inside_of_a_collapsed_sub_process_lies_on_another_page_and_is_not_drawn() -> None:
    xml = drawn(at("work", "0", "0"), more=page(at("fill", "0", "0"), name="second"))

    assert [shape.id for shape in drawing(xml).shapes] == ["work"]


def test_a_file_without_a_drawing_is_an_empty_one() -> None:
    assert drawing(diagram(start(), end(), line("begin", "done"))).shapes == ()
