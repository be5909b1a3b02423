"""Every story an analyst tells comes out as told, and no human task or timer lies outside all of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.city import read_city
from engine.library import services_in
from engine.stories.coverage import untold
from engine.stories.files import read_story, stories
from engine.stories.playing import Played
from engine.stories.theatre import Theatre
from tests.builders import ROOT

PROCESSES = ROOT / "processes"
SERVICES = services_in(PROCESSES)
STORIES = [path for service in SERVICES for path in stories(service)]


@cache
def theatre() -> Theatre:
    return Theatre(read_city(PROCESSES), SERVICES, ROOT / "forms").__enter__()


@cache
def played(path: Path) -> Played:
    with theatre().stage(read_story(path)) as stage:
        return stage.play()


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_story_comes_out_as_it_is_told(path):
    assert played(path).failures == []


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_human_task_and_every_timer_lies_on_a_story(service):
    assert untold(service, ROOT / "forms", [played(path) for path in stories(service)]) == ()


def test_there_is_a_story_for_each_of_the_citys_services():
    assert {path.parent.parent.name for path in STORIES} == {"krk", "iptb", "complaint"}
