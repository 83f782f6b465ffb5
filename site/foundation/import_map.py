"""The import map: the plain address of each of our ES modules to its hashed one."""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256

from django.contrib.staticfiles import finders
from django.templatetags.static import static


@cache
def import_map() -> str:
    names = sorted(
        path
        for finder in finders.get_finders()
        for path, _ in finder.list([])
        if path.endswith(".js") and path.startswith("tools/")
    )
    urls = {f"/static/{name}": static(name) for name in names}
    return json.dumps({"imports": urls}).replace("<", "\\u003c")


@cache
def import_map_hash() -> str:
    """The source expression by which a Content-Security-Policy knows the map."""
    return "sha256-" + b64encode(sha256(import_map().encode()).digest()).decode()
