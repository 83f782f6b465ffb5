"""Credit template tags: what other apps' pages show of money. {% load credits %}."""

from typing import Any

from django import template

from billing import prices
from billing.credits import holds
from billing.limits import read_limits

register = template.Library()


@register.inclusion_tag("billing/_refund.html")
def credits_back() -> dict[str, Any]:
    """Bad result? Credits back: for the attempt that is looked at."""
    return {"reasons": holds.GIVE_BACK_REASONS, "limits": read_limits()}


@register.inclusion_tag("billing/_out_of_credits.html")
def out_of_credits() -> dict[str, Any]:
    """The way on for who has none left."""
    return {"pack": prices.PACKS[0]}


@register.inclusion_tag("billing/_out_of_credits_form.html", takes_context=True)
def out_of_credits_form(context: template.Context) -> dict[str, Any]:
    """What the buttons of `out_of_credits` send: outside of any other form."""
    request = context.get("request")
    return {"here": request.path if request else "/"}
