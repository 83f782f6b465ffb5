import pytest
from django.template import Context, Template

from billing import prices
from billing.credits import holds


def render(tag, **context):
    return Template("{% load credits %}{% " + tag + " %}").render(Context(context))


def test_each_reason_for_credits_back_can_be_chosen():
    page = render("credits_back")
    assert all(f'value="{reason}"' in page for reason in holds.GIVE_BACK_REASONS)


def test_who_has_no_credits_left_is_offered_the_smallest_pack():
    assert str(prices.PACKS[0].cost) in render("out_of_credits")


@pytest.mark.parametrize("path", ["/", "/remove-background/"])
def test_the_way_on_leads_back_to_where_one_was(rf, path):
    assert f'value="{path}"' in render("out_of_credits_form", request=rf.get(path))
    assert 'value="/"' in render("out_of_credits_form")
