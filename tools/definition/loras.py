"""LoRAs that a visitor may ask for: what the site's pages ask for, word for word. The others in the
operator's folder may be somebody's brand.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from tools.definition.fields import Style
from tools.definition.registry import InvalidParamsError, Params, Tool


def check_loras(tool: Tool, params: Params) -> None:
    """Raises InvalidParamsError for a style that no page of the tool's has."""
    fields = tool.form.base_fields.items()
    asked = {name: params.get(name) for name, field in fields if isinstance(field, Style)}
    if not any(asked.values()):
        return
    offered: Callable[[str], set[Any]] = import_string(settings.STYLES_OFFERED)
    known = offered(tool.slug)
    refused = [name for name, style in asked.items() if style and style not in known]
    if refused:
        # As of one that is not there: what else is in the folder is nobody's business.
        said = gettext("There is no such style on this server.")
        raise InvalidParamsError({name: [said] for name in refused})
