"""Line charts over days, drawn by the server: numbers in, the geometry of an SVG out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 360, 116
LEFT, RIGHT, TOP, BOTTOM = 4, 54, 10, 18
# What the uppermost line across may stand for, times a power of ten.
ROUND = (1, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Line:
    """SVG's path data, broken where there is no value, and dots for days that stand alone."""

    way: str
    dots: list[Mark]
    end: Mark | None


@dataclass(frozen=True)
class Plot:
    title: str
    line: Line
    # Fainter: what is beside it, such as the 75th percentile.
    beside: Line | None
    across: list[Mark]
    first: str
    last: str
    # The plot in words, for whoever does not see it.
    said: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - 4


def plot_days(
    title: str,
    days: Sequence[date],
    values: Sequence[float | None],
    *,
    form: str = "{:,.0f}",
    beside: Sequence[float | None] | None = None,
) -> Plot:
    """One value a day; `form` is how a value is written, such as "{:.0%}"."""
    top = ceiling(max((v for v in (*values, *(beside or ())) if v is not None), default=0.0))
    return Plot(
        title=title,
        line=line(values, top, form),
        beside=line(beside, top, form) if beside is not None else None,
        across=across(top, form),
        first=f"{days[0]:%-d %b}",
        last=f"{days[-1]:%-d %b}",
        said=told(title, days, values, form),
    )


def across(top: float, form: str) -> list[Mark]:
    """Lines at the foot, the middle and the top; the middle's words only where they are others."""
    foot, middle, high = (form.format(part * top) for part in (0, 0.5, 1))
    words = (foot, "" if middle in {foot, high} else middle, high)
    return [Mark(0, height(at * top / 2, top), said) for at, said in enumerate(words)]


def ceiling(most: float) -> float:
    """A round number that nothing goes above."""
    if most <= 0:
        return 1.0
    power = 1.0
    while power * ROUND[-1] < most:
        power *= 10
    while power >= most:
        power /= 10
    return next(power * step for step in ROUND if power * step >= most * 0.999)


def height(value: float, top: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)


def line(values: Sequence[float | None], top: float, form: str) -> Line:
    step = (WIDTH - LEFT - RIGHT) / max(len(values) - 1, 1)
    marks = [
        None
        if value is None
        else Mark(round(LEFT + at * step, 1), height(value, top), form.format(value))
        for at, value in enumerate(values)
    ]
    before = [None, *marks[:-1]]
    after = [*marks[1:], None]
    way = "".join(
        f"{'M' if left is None else 'L'}{mark.x} {mark.y}"
        for left, mark in zip(before, marks, strict=True)
        if mark is not None
    )
    alone = [
        mark
        for left, mark, right in zip(before, marks, after, strict=True)
        if mark is not None and left is None and right is None
    ]
    end = next((mark for mark in reversed(marks) if mark is not None), None)
    return Line(way, alone, end)


def told(title: str, days: Sequence[date], values: Sequence[float | None], form: str) -> str:
    known = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    if not known:
        return f"{title}: nothing counted."
    low, high = (form.format(pick(value for _, value in known)) for pick in (min, max))
    day, newest = known[-1]
    return f"{title}: {form.format(newest)} on {day:%-d %B}, between {low} and {high}."
