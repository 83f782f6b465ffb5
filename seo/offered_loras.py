"""Offered LoRAs: the files that pages name, and so let their visitors use."""

from typing import Any

from seo.models import Version


def offered(tool: str) -> set[Any]:
    """The styles in any version of the tool's pages, drafts too: whoever writes one tries it."""
    rows = Version.objects.filter(page__intent__tool=tool).values_list("preset", "presets")
    settings = [
        one for preset, more in rows for one in (preset, *(row["settings"] for row in more))
    ]
    return {one.get("style") for one in settings} - {None, ""}
