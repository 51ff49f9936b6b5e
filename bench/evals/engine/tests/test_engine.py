from minifilter.engine import Engine
from minifilter.limits import Limits


def test_leaves_out_what_is_banned():
    assert Engine(Limits([1, 2])).step([3, 4, 6, 7]) == [4, 7]


def test_a_word_can_be_banned_later():
    engine = Engine(Limits([1]))
    assert engine.step([3, 6]) == [6]
    engine.limits.ban(2)
    assert engine.step([3, 6]) == []


def test_keeps_how_many_went_out():
    engine = Engine(Limits([1]))
    engine.step([3, 4, 5])
    assert (engine.steps, list(engine.history)) == (1, [(1, 2)])
