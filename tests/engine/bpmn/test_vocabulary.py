"""The checker judges a diagram before it is published, the run carries it out: both must know the same words."""

from engine.bpmn.lint import language
from engine.bpmn.vocabulary import plain_words
from engine.bpmn.words import PROMISE_WORDS

from .walking import words


def test_checker_and_run_know_the_same_words():
    known = {*plain_words(dict), *words().functions(lambda path: None)}

    assert known == language.FUNCTIONS
    assert known >= PROMISE_WORDS
    assert known >= set().union(*language.TIMER_WORDS.values())
