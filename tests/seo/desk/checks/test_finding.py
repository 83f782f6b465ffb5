import pytest

from seo.desk.checks.finding import Finding


@pytest.mark.parametrize(
    ("mend", "must", "met", "blocks"),
    [("", True, True, False), ("Do it.", True, False, True), ("Do it.", False, False, False)],
)
def test_only_a_demand_that_must_be_met_and_is_not_holds_a_page_back(mend, must, met, blocks):
    found = Finding("title", "The title fits", mend=mend, must=must)
    assert (found.met, found.blocks) == (met, blocks)
