import pytest

from tools.definition import matte_form
from tools.pipeline import engines
from tools.pipeline.graph import make_source

PHOTO = make_source("digest", 100, 100)


class Known:
    def __init__(self, name):
        self.name = name


@pytest.mark.parametrize(("names", "asked"), [(["embedded"], False), (["embedded", "net"], True)])
def test_hair_is_asked_about_only_where_a_network_has_eyes_for_it(monkeypatch, names, asked):
    monkeypatch.setattr(engines, "list_engines_of_kind", lambda _: [Known(name) for name in names])
    assert ("hair" in matte_form.MatteForm().fields) is asked


def test_every_setting_makes_another_matte():
    plain = {"strokes": [], "softness": 0, "shift": 0}
    changed = [
        plain,
        {**plain, "softness": 0.5},
        {**plain, "shift": -0.5},
        {**plain, "hair": True},
        {**plain, "other_answer": True},
        {**plain, "strokes": [{"keep": True, "size": 0.1, "points": [[0.5, 0.5]]}]},
    ]
    built = [matte_form.build_matte(PHOTO, params) for params in changed]
    assert len({*map(str, built)}) == len(built)
    assert matte_form.trace_matte(PHOTO, PHOTO, plain) == built[0]
