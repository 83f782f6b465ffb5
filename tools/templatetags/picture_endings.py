"""Which files a page's dialogs offer: the same endings that every other way in takes."""

from django import template

from tools.pipeline.intake import sniff

register = template.Library()


@register.simple_tag
def accepted_pictures() -> str:
    """For `accept`: all that the system calls a picture, and the endings that it may not know."""
    endings = [end for end, form in sniff.EXTENSIONS.items() if form in sniff.FORMATS]
    return ",".join(["image/*", *endings])
