"""Request parameters: what a post or a query asks of a tool."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

from tools.definition import registry
from tools.errors import PhotoGoneError, PictureNotReadyError
from tools.models import Photo
from tools.web import ownership

ENGINE_PREFIX = "engine."
SOMEBODYS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}|/s/")
OURS = {"file", "photo", "tool", "parent", "sample", "url", "most", "over", "csrfmiddlewaretoken"}


def tool_settings(request: HttpRequest) -> dict[str, Any]:
    """The tool's own fields."""
    sent = given(request)
    return {
        name: sent.getlist(name) if len(sent.getlist(name)) > 1 else sent[name]
        for name in sent
        if name not in OURS and not name.startswith(ENGINE_PREFIX)
    }


def settings_with_pictures(
    request: HttpRequest, tool: registry.Tool, wanted: dict[str, Any]
) -> dict[str, Any]:
    """The settings, with the visitor's own photos in place of their ids."""
    for name in tool.pictures() & wanted.keys():
        if wanted[name]:
            other = ownership.own_photo(request, wanted[name])
            if other.state == Photo.State.REFUSED:
                raise PhotoGoneError
            # What it would cost is known by its size alone.
            if other.state != Photo.State.READY and request.method == "POST":
                raise PictureNotReadyError
            size = {"width": other.width, "height": other.height}
            wanted[name] = {"digest": other.digest, **size}
    return wanted


def wanted_engines(request: HttpRequest) -> dict[str, str]:
    sent = given(request)
    found = (name for name in sent if name.startswith(ENGINE_PREFIX))
    return {name.removeprefix(ENGINE_PREFIX): str(sent[name]) for name in found}


def page_of_post(request: HttpRequest) -> str:
    """The path of the page of ours that the post came from; empty for one that is somebody's own."""
    referer = urlsplit(request.META.get("HTTP_REFERER", ""))
    if referer.netloc != request.get_host() or SOMEBODYS.search(referer.path):
        return ""
    return str(referer.path[:200])


def given(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET
