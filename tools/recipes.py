"""What makes the same result again: as data, as a command, as a call, on another photo."""

import json
import shlex
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from tools import attempts, registry
from tools.charges import Payer
from tools.errors import PhotoGoneError
from tools.fields import Strokes
from tools.models import Attempt, Photo
from tools.pipeline import engines
from tools.pipeline.engines import EMBEDDED
from tools.pipeline.graph import plan, source

# curl keeps the visitor's cookie in this file; the header says that no other site's page asks.
CURL = ["curl", "-s", "-b", "packshot.cookies", "-c", "packshot.cookies"]
OURSELVES = ["-H", "Sec-Fetch-Site: none"]


def recipe(attempt: Attempt, origin: str) -> dict[str, Any]:
    """The attempt's recipe; `command` and `call` are None when no one else could follow them."""
    tool = registry.get(attempt.tool)
    seed = attempt.params.get("seed") or 0 if "seed" in tool.form.base_fields else None
    return {
        **attempt.recipe(),
        "versions": versions(tool, attempt),
        "seed": seed,
        "command": command(tool, attempt),
        "call": call(tool, attempt, origin),
    }


def versions(tool: registry.Tool, attempt: Attempt) -> dict[str, Any]:
    chosen = engines.choose(tool.kinds(attempt.params), attempt.engines)
    named = {kind: engine.versioned for kind, engine in chosen.items()}
    photo = attempt.photo
    whole = source(photo.digest, photo.width, photo.height)
    steps = plan(tool.build(whole, attempt.params), named).values()
    return {
        "packshot": version("packshot"),
        "engines": named,
        "steps": {step.node.op.name: step.node.op.version for step in steps},
    }


def command(tool: registry.Tool, attempt: Attempt) -> str | None:
    """The line for the command line, with IN and OUT for the files."""
    if has_pictures(tool, attempt) or (engine := one_engine(attempt.engines)) is None:
        return None
    words = ["manage.py", "apply", tool.slug, "IN", "OUT"]
    for name, value in written(tool, attempt.params):
        words += ["--set", f"{name}={value}"]
    return shlex.join(words + (["--engine", engine] if engine else []))


def one_engine(chosen: dict[str, str]) -> str | None:
    """The name that chooses these engines when it is asked for everywhere: empty for the
    built-in one, None when no single name does.
    """
    named = set(chosen.values()) - {EMBEDDED}
    if not named:
        return ""
    name = named.pop()
    known = engines.engines()
    fits = all((kind, name) not in known or used == name for kind, used in chosen.items())
    return name if fits and not named else None


def call(tool: registry.Tool, attempt: Attempt, origin: str) -> str | None:
    """Two calls: one sends the file IN, the other asks for the attempt at it."""
    if has_pictures(tool, attempt):
        return None
    fields = [f"tool={tool.slug}"]
    fields += [f"engine.{kind}={name}" for kind, name in attempt.engines.items()]
    fields += [f"{name}={value}" for name, value in written(tool, attempt.params)]
    send = shlex.join([*CURL, *OURSELVES, "-F", "file=@IN", f"{origin}/photos/"])
    words = [*CURL, *OURSELVES]
    for field in fields:
        words += ["--data-urlencode", field]
    ask = shlex.join([*words, f"{origin}/attempts/"])
    # The id is the first thing in the answer.
    photo = f"""PHOTO=$({send} | grep -o '[0-9a-f-]\\{{36\\}}' | head -n 1)"""
    return f'{photo}\n{ask} --data-urlencode "photo=$PHOTO"'


def has_pictures(tool: registry.Tool, attempt: Attempt) -> bool:
    """Whether it was made with another photo of the visitor's, which nobody else has."""
    return any(attempt.params.get(name) for name in tool.pictures())


def written(tool: registry.Tool, params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each parameter as the tool's form reads it; defaults too, which may differ elsewhere."""
    for name, field in tool.form.base_fields.items():
        value = params.get(name, field.initial)
        if isinstance(value, bool | list | dict):
            yield name, json.dumps(value, separators=(",", ":"))
        elif value is not None:
            yield name, str(value)
        elif field.initial is not None:
            yield name, ""


def again(attempt: Attempt, photo: Photo, payer: Payer | None) -> Attempt:
    """Queue the same on another photo. Raises what `attempts.start` does, and PhotoGoneError when
    a picture that it was made with is gone.

    Strokes of the brush stay behind: they were drawn around another photo's product.
    """
    tool = registry.get(attempt.tool)
    params = dict(attempt.params)
    if photo.pk != attempt.photo_id:
        strokes = {name for name, field in fields_of(tool) if isinstance(field, Strokes)}
        params = {name: value for name, value in params.items() if name not in strokes}
    for name in tool.pictures():
        if params.get(name) and not is_there(params[name]["digest"]):
            raise PhotoGoneError
    return attempts.start(photo, tool.slug, params, wanted=attempt.engines, payer=payer)


def fields_of(tool: registry.Tool) -> list[tuple[str, Any]]:
    return list(tool.form.base_fields.items())


def is_there(digest: str) -> bool:
    return Photo.objects.filter(digest=digest).exists()
