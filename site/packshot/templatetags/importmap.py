from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from foundation import import_map

register = template.Library()


@register.simple_tag
def importmap() -> SafeString:
    text = mark_safe(import_map.import_map())  # noqa: S308  our own file names, with "<" escaped
    return format_html('<script type="importmap">{}</script>', text)
