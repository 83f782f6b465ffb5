from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from packshot import modules

register = template.Library()


@register.simple_tag
def importmap() -> SafeString:
    # Our own file names, with "<" escaped where it is made.
    text = mark_safe(modules.import_map())  # noqa: S308
    return format_html('<script type="importmap">{}</script>', text)
