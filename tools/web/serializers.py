"""Serializers: photos, attempts and exports as the editor and the API see them."""

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billing import prices
from tools.definition import registry
from tools.exports import files, share_links, zips
from tools.models import Archive, Attempt, Export, Fetch, Job, Photo
from tools.pipeline.scenes import registry as scenes
from tools.storage import download_names
from tools.web import outline_claims
from tools.web.beside_attempts import Beside, list_pictures, load_rows, look_up_beside

# Below this the matte is not to be trusted at the edges, and the visitor is told so.
LOW_CONFIDENCE = 0.75
NOBODY = UUID(int=0)


def address(name: str, pk: UUID) -> str:
    """As `reverse` gives it. Pages are told of every row whenever one of a visitor's has changed,
    and to find the addresses took longer than to find the rows.
    """
    return pattern(name).replace(str(NOBODY), str(pk))


@cache
def pattern(name: str) -> str:
    return reverse(name, args=[NOBODY])


def error_words(error: str, facts: Mapping[str, Any] | None = None) -> str:
    """What happened, what it cost and what to do, for an error's id."""
    if not error:
        return ""
    try:
        template = get_template(f"tools/errors/{error}.txt")
    except TemplateDoesNotExist:
        template = get_template("tools/errors/step-failed.txt")
    return " ".join(template.render(dict(facts or {})).split())


def serialize_photo(row: Photo) -> dict[str, Any]:
    ready = row.state == Photo.State.READY
    return {
        "id": str(row.pk),
        "name": row.name,
        "state": row.state,
        "background": row.is_background,
        "share": fetched(row),
        "error": row.error,
        "words": error_words(row.error, row.error_facts),
        "width": row.width,
        "height": row.height,
        "preview": photo_preview(row),
        "thumb": address("tools:photo-thumb", row.pk) if ready else None,
        "suggestions": [suggestion(row, item) for item in row.suggestions],
        "created": row.created.isoformat(),
        "expires": row.expires.isoformat(),
        "url": address("tools:photo", row.pk),
    }


def photo_preview(row: Photo) -> str | None:
    ready = row.state == Photo.State.READY
    return address("tools:photo-preview", row.pk) if ready else None


def fetched(row: Photo) -> float | None:
    """How much has come of a photo that is on its way from the web."""
    if row.state != Photo.State.RECEIVED or row.incoming:
        return None
    job: Fetch | None = getattr(row, "fetch", None)
    return round(job.share, 3) if job else None


def suggestion(row: Photo, item: Mapping[str, Any]) -> dict[str, Any]:
    """A scene that suits the product, its picture, and the reason in words."""
    reason = item["reason"]
    return {
        "scene": item["scene"],
        "name": _(scenes.find_scene(item["scene"]).name),
        "words": reasoned(get_language() or "", reason["id"], json.dumps(reason["values"])),
        "preview": reverse("tools:scene-suggestion", args=[row.pk, item["scene"]]),
    }


@lru_cache(maxsize=4096)
def reasoned(language: str, reason: str, values: str) -> str:  # noqa: ARG001  the words are in it
    """Why a scene suits a product; `values` as JSON."""
    return rendered(f"tools/scene_reasons/{reason}.txt", json.loads(values))


def rendered(name: str, values: Mapping[str, Any]) -> str:
    """A template of words on one line; empty when nobody has written them."""
    try:
        return " ".join(get_template(name).render(dict(values)).split())
    except TemplateDoesNotExist:
        return ""


def photos_with_attempts(rows: Sequence[Photo]) -> list[dict[str, Any]]:
    """The photos with all that was made of them, by as many queries for many as for one."""
    load_rows(rows)
    beside = look_up_beside([item for row in rows for item in row.attempts.all()])
    return [serialize_photo_and_attempts(row, beside) for row in rows]


def photo_with_attempts(row: Photo) -> dict[str, Any]:
    return photos_with_attempts([row])[0]


def serialize_photo_and_attempts(row: Photo, beside: Beside) -> dict[str, Any]:
    """Queries nothing: the photo's rows are loaded, and what is beside its attempts is known."""
    items = sorted(row.attempts.all(), key=lambda item: item.created)
    return {
        **serialize_photo(row),
        "archives": [serialize_zip(item) for item in row.archives.all()],
        "attempts": [serialize_attempt(item, beside) for item in items],
    }


def serialize_attempt(row: Attempt, beside: Beside | None = None) -> dict[str, Any]:
    """Looks up what is beside the attempt where nobody has done so for several."""
    beside = beside or look_up_beside([row])
    shown, kept = beside.shows(row)
    return {
        "id": str(row.pk),
        "photo": str(row.photo_id),
        "parent": str(row.parent_id) if row.parent_id else None,
        # The tools whose results it goes on from, the first at the photo.
        "after": [recipe["tool"] for recipe in row.before],
        "tool": row.tool,
        "tool_name": tool_name(row.tool),
        "title": row.title or called(row),
        "params": with_photos(row, beside),
        "engines": row.engines,
        "status": row.status,
        "place": beside.places[row.pk] + 1 if row.pk in beside.places else None,
        "step": row.step or None,
        "step_words": step_words(row),
        "share": round(row.share, 3) if row.status == Job.Status.RUNNING else None,
        "error": row.error,
        "words": error_words(row.error, row.error_facts),
        "warnings": warnings(row),
        "facts": row.facts,
        "fidelity": row.fidelity,
        "outline": outline_claims.serialize_outline(row) if shown else None,
        "seconds": row.seconds,
        "width": row.width,
        "height": row.height,
        # What each of the files that may be asked for will measure.
        "sizes": files.list_sizes(row.width, row.height) if shown and row.width else {},
        "credits": row.price,
        "given_back": str(row.pk) in beside.back,
        "favourite": row.favourite,
        "preview": address("tools:attempt-preview", row.pk) if shown else None,
        "look": look(row),
        "thumb": address("tools:attempt-thumb", row.pk) if shown else None,
        "map": address("tools:attempt-difference-map", row.pk) if kept and row.fidelity else None,
        "layers": layers(row) if kept else None,
        "before": photo_preview(row.photo),
        "link": shared(row),
        "exports": [serialize_export(item) for item in row.exports.all()],
        "created": row.created.isoformat(),
        "url": address("tools:attempt", row.pk),
    }


def look(row: Attempt) -> str | None:
    """Where the first look is, as long as there is nothing better."""
    early = row.status == Job.Status.RUNNING and "look" in row.facts
    return address("tools:attempt-first-look", row.pk) if early else None


def shared(row: Attempt) -> dict[str, Any] | None:
    """Where anybody who has the address sees the attempt; None while it is not shared."""
    if (found := share_links.link_of_attempt(row)) is None:
        return None
    path = reverse("tools:share-page", args=[share_links.sign_token(found)])
    return {"path": path, "expires": found.expires.isoformat(), "download": found.download}


def layers(row: Attempt) -> dict[str, Any] | None:
    """The product alone and what lies behind it, to be moved over each other in the page."""
    found = row.facts.get("layers")
    if not found:
        return None
    return {
        **found,
        "cut_out": reverse("tools:photo-cut-out", args=[row.photo_id, found["name"]]),
        "behind": address("tools:attempt-background", row.pk) if "placement" in row.facts else None,
    }


def serialize_export(row: Export) -> dict[str, Any]:
    done = row.status == Job.Status.DONE
    return {
        "id": str(row.pk),
        "attempt": str(row.attempt_id),
        "format": row.format,
        "options": row.options,
        "status": row.status,
        "share": round(row.share, 3) if row.status == Job.Status.RUNNING else None,
        "error": row.error,
        "words": error_words(row.error, row.error_facts),
        "bytes": row.bytes,
        "width": row.facts.get("width"),
        "height": row.facts.get("height"),
        "name": download_names.export_name(row),
        "offers_white": offers_white(row),
        "preflight": [
            {**item, "words": rendered(f"tools/preflight/{item['id']}.txt", item)}
            for item in row.facts.get("preflight", ())
        ],
        "url": address("tools:export-file", row.pk) if done else None,
    }


def offers_white(row: Export) -> bool:
    """Whether the product alone on white would be taken where this file is not, or only with advice."""
    found = {item["id"]: item["ok"] for item in row.facts.get("preflight", ())}
    return not found.get("white", True) and not row.options.get("white")


def serialize_zip(row: Archive) -> dict[str, Any]:
    made, share = zips.zip_progress(row)
    return {
        "id": str(row.pk),
        "photo": str(row.photo_id),
        "status": row.status,
        "files": len(row.exports.all()),
        "made": made,
        "share": round(share, 3) if row.status in Job.OPEN else None,
        "error": row.error,
        "words": error_words(row.error, row.error_facts),
        "bytes": row.bytes,
        "name": download_names.zip_name(row),
        "url": address("tools:archive", row.pk),
        "file": address("tools:archive-file", row.pk) if row.status == Job.Status.DONE else None,
    }


def tool_name(slug: str) -> str:
    try:
        return str(registry.get_tool(slug).name)
    except registry.UnknownToolError:
        # A tool that was taken out of the catalogue while its attempts still live.
        return prices.tool_name(slug)


def called(row: Attempt) -> str:
    """What tells the attempt from others by the same tool: its scene, its size; else the tool."""
    try:
        tool = registry.get_tool(row.tool)
        return str(tool.title(row.params) if tool.title else tool.name)
    except (registry.UnknownToolError, KeyError):
        return tool_name(row.tool)


def with_photos(row: Attempt, beside: Beside) -> dict[str, Any]:
    """The attempt's parameters as they may be posted again: pictures by the visitor's photo."""
    pictures = {
        name: beside.pictures.get((row.photo.visitor_id, value["digest"]))
        for name, value in list_pictures(row).items()
    }
    return {**row.params, **pictures}


def step_words(row: Attempt) -> str:
    return str(step_template(row.step).render({}).strip()) if row.step else ""


@lru_cache
def step_template(step: str) -> Any:
    try:
        return get_template(f"tools/steps/{step}.txt")
    except TemplateDoesNotExist:
        return get_template("tools/steps/other.txt")


def warnings(row: Attempt) -> list[str]:
    """What a visitor should know of a result before trusting it."""
    if row.status != Job.Status.DONE:
        return []
    said = outline_claims.serialize_outline(row)
    if said is None:
        unsure = row.facts.get("subject", {}).get("confidence", 1) < LOW_CONFIDENCE
    else:
        unsure = not (said["sure"] or said["by_hand"])
    return [error_words("low-confidence")] if unsure else []
