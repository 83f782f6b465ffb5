from tools.pipeline.matting import strokes


def test_a_later_stroke_paints_over_an_earlier_one():
    first = {"keep": True, "size": 0.2, "points": [[0.1, 0.5], [0.9, 0.5]]}
    second = {"keep": False, "size": 0.2, "points": [[0.5, 0.5]]}
    painted = strokes.draw([first, second], 100, 200)
    assert painted[50, 100] == strokes.DROP
    assert painted[50, 40] == strokes.KEEP
    assert painted[5, 5] == 0


def test_size_is_relative_to_the_long_side():
    dab = {"keep": True, "size": 0.1, "points": [[0.5, 0.5]]}
    small, large = (strokes.draw([dab], side, 2 * side) for side in (100, 400))
    assert abs((large != 0).mean() - (small != 0).mean()) < 0.01


def test_a_stroke_without_points_or_far_outside_paints_nothing():
    nothing = {"keep": True, "size": 0.1, "points": []}
    outside = {"keep": True, "size": 0.1, "points": [[1e12, -1e12]]}
    assert not strokes.draw([nothing, outside], 50, 50).any()
