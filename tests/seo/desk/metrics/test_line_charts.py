from datetime import date, timedelta

from seo.desk.metrics import line_charts

DAYS = [date(2026, 11, 1) + timedelta(days=at) for at in range(5)]


def test_a_day_without_a_value_breaks_the_line():
    drawn = line_charts.plot_days("Rate", DAYS, [0.1, 0.2, None, 0.3, None], form="{:.0%}")
    assert drawn.line.way.count("M") == 2
    assert [dot.words for dot in drawn.line.dots] == ["30%"]
    assert drawn.line.end.words == "30%"


def test_values_stay_inside_the_plot_and_more_is_higher():
    drawn = line_charts.plot_days("Views", DAYS, [0, 5, 999, 12, 3])
    heights = [float(step.split()[1]) for step in drawn.line.way[1:].split("L")]
    assert min(heights) >= line_charts.TOP - 1
    assert max(heights) == line_charts.HEIGHT - line_charts.BOTTOM
    assert heights[2] == min(heights)


def test_the_top_is_round():
    assert [line_charts.ceiling(most) for most in (0, 0.034, 7, 11, 899)] == [1, 0.04, 8, 20, 1000]


def test_a_plot_is_told_in_words():
    assert line_charts.plot_days("Views", DAYS, [None, 3, 4, None, None]).said == (
        "Views: 4 on 3 November, between 3 and 4."
    )
    assert line_charts.plot_days("Views", DAYS, [None] * 5).said == "Views: nothing counted."
