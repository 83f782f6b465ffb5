import pytest

from seo.desk.templatetags import desk


@pytest.mark.parametrize(
    ("share", "said"), [(None, "–"), (0, "0%"), (0.034, "3.4%"), (0.1, "10%"), (0.346, "35%")]
)
def test_small_shares_have_a_decimal(share, said):
    assert desk.percent(share) == said


def test_a_change_has_its_sign():
    assert desk.signed(0.05) == "+5.0%"
    assert desk.signed(-0.05) == "\N{MINUS SIGN}5.0%"


def test_texts_stand_one_under_the_other():
    assert desk.lines(["a", "b"]) == "a\nb"
    assert desk.lines(None) == ""
