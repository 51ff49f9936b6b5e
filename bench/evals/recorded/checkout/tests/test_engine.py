from tiny.engine import Config, Engine


def test_leaves_out_what_is_banned():
    assert Engine(Config([1, 2])).step([3, 4, 6, 7]) == [4, 7]


def test_counts_its_steps():
    engine = Engine(Config([]))
    engine.step([1])
    assert engine.steps == 1
