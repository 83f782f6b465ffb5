import pytest

from foundation.csv_cells import quote_cell, unquote_cell

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_as_a_formula_does(text):
    assert quote_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", [*FORMULAS, *(f"'{each}" for each in FORMULAS), "", "'", "it's", "'quoted'", "a=b"]
)
def test_what_goes_out_comes_back_as_it_was(text):
    assert unquote_cell(str(quote_cell(text))) == text


def test_numbers_stay_numbers():
    assert quote_cell(-4) == -4
