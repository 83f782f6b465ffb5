"""The desk's template filters: how it writes numbers."""

from django import template

register = template.Library()
SMALL = 0.1


@register.filter
def percent(share: float | None) -> str:
    """A share as hundredths, small ones with a decimal; a dash where nothing was counted."""
    if share is None:
        return "–"
    return f"{share:.1%}" if 0 < share < SMALL else f"{share:.0%}"


@register.filter
def signed(share: float) -> str:
    """A change, with its sign."""
    return f"{share:+.1%}".replace("-", "\u2212")


@register.filter
def lines(texts: list[str] | None) -> str:
    """Texts one under the other."""
    return "\n".join(texts or [])
