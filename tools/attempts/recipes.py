"""Recipes: what makes the same result again, as data, as a command, as a call, on another photo."""

import json
import shlex
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from tools.attempts import lifecycle
from tools.definition import registry
from tools.definition.fields import OF_ONE_PHOTO
from tools.errors import PhotoGoneError
from tools.models import Attempt, Photo
from tools.pipeline import engines
from tools.pipeline.engines import EMBEDDED
from tools.pipeline.graph import plan_steps
from tools.pricing import plans
from tools.pricing.charges import Payer
from tools.pricing.lineage import Recipe

# curl keeps the visitor's cookie in this file; the header says that no other site's page asks.
CURL = ["curl", "-s", "-b", "packshot.cookies", "-c", "packshot.cookies"]
OURSELVES = ["-H", "Sec-Fetch-Site: none"]
# The id is the first thing in an answer.
FIRST_ID = r"grep -o '[0-9a-f-]\{36\}' | head -n 1"


def describe_recipe(attempt: Attempt, origin: str) -> dict[str, Any]:
    """The attempt's recipe; `command` and `call` are None when no one else could follow them."""
    tool = registry.get_tool(attempt.tool)
    seed = attempt.params.get("seed") or 0 if "seed" in tool.form.base_fields else None
    return {
        **attempt.recipe(),
        # What was done to the photo first, each on what came of the one before.
        "after": attempt.before,
        "versions": versions(attempt),
        "seed": seed,
        "command": command(attempt),
        "call": call(attempt, origin),
    }


def versions(attempt: Attempt) -> dict[str, Any]:
    plan = plans.plan_attempt(attempt)
    chosen = plan.choose_engines(attempt.engines)
    named = {kind: engine.versioned for kind, engine in chosen.items()}
    steps = plan_steps(plan.full, named).values()
    return {
        "packshot": version("packshot"),
        "engines": named,
        "steps": {step.node.op.name: step.node.op.version for step in steps},
    }


def command(attempt: Attempt) -> str | None:
    """The line for the command line, with IN and OUT for the files; a line for each tool, with a
    file between them, for what came of several.
    """
    links = [*attempt.before, attempt.recipe()]
    if any(has_pictures(link) for link in links):
        return None
    places = ["IN", *(f"BETWEEN{number}.png" for number in range(1, len(links))), "OUT"]
    lines = []
    for link, given, made in zip(links, places, places[1:], strict=False):
        if (engine := one_engine(link["engines"])) is None:
            return None
        words = ["manage.py", "apply", link["tool"], given, made]
        for name, value in written(registry.get_tool(link["tool"]), link["params"]):
            words += ["--set", f"{name}={value}"]
        lines.append(shlex.join(words + (["--engine", engine] if engine else [])))
    return "\n".join(lines)


def one_engine(chosen: dict[str, str]) -> str | None:
    """The name that chooses these engines when it is asked for everywhere: empty for the
    built-in one, None when no single name does.
    """
    named = set(chosen.values()) - {EMBEDDED}
    if not named:
        return ""
    name = named.pop()
    known = engines.list_engines()
    fits = all((kind, name) not in known or used == name for kind, used in chosen.items())
    return name if fits and not named else None


def call(attempt: Attempt, origin: str) -> str | None:
    """Calls: one sends the file IN, the next asks for the attempt at it, and so on from that."""
    links = [*attempt.before, attempt.recipe()]
    if any(has_pictures(link) for link in links):
        return None
    send = shlex.join([*CURL, *OURSELVES, "-F", "file=@IN", f"{origin}/photos/"])
    lines = [f"PHOTO=$({send} | {FIRST_ID})"]
    for number, link in enumerate(links):
        ask = f'{asking(link, origin)} --data-urlencode "photo=$PHOTO"'
        ask += ' --data-urlencode "parent=$PARENT"' if number else ""
        lines.append(ask if number == len(links) - 1 else f"PARENT=$({ask} | {FIRST_ID})")
    return "\n".join(lines)


def asking(link: Recipe, origin: str) -> str:
    """The call that asks for what the recipe says."""
    tool = registry.get_tool(link["tool"])
    fields = [f"tool={tool.slug}"]
    fields += [f"engine.{kind}={name}" for kind, name in link["engines"].items()]
    fields += [f"{name}={value}" for name, value in written(tool, link["params"])]
    words = [*CURL, *OURSELVES]
    for field in fields:
        words += ["--data-urlencode", field]
    return shlex.join([*words, f"{origin}/attempts/"])


def has_pictures(link: Recipe) -> bool:
    """Whether it was made with another photo of the visitor's, which nobody else has."""
    return any(link["params"].get(name) for name in registry.get_tool(link["tool"]).pictures())


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


def apply_recipe(attempt: Attempt, photo: Photo, payer: Payer | None) -> Attempt:
    """Queue the same on another photo. Raises what `lifecycle.start_attempt` does, and PhotoGoneError when
    a picture that it was made with is gone.

    Strokes of the brush stay behind: they were drawn around another photo's product. So do tools
    before it that do nothing without them.
    """
    before: list[Recipe] = list(attempt.before)
    last: Recipe = attempt.recipe()
    if photo.pk != attempt.photo_id:
        before = [unpainted(link) for link in before if not registry.get_tool(link["tool"]).painted]
        last = unpainted(last)
    for link in (*before, last):
        for name in registry.get_tool(link["tool"]).pictures():
            if (picture := link["params"].get(name)) and not is_there(picture["digest"]):
                raise PhotoGoneError
    slug, params, wanted = last["tool"], last["params"], last["engines"]
    return lifecycle.start_attempt(photo, slug, params, wanted=wanted, before=before, payer=payer)


def unpainted(link: Recipe) -> dict[str, Any]:
    """The recipe as if nobody had painted."""
    tool = registry.get_tool(link["tool"])
    its_own = {name for name, field in fields_of(tool) if isinstance(field, OF_ONE_PHOTO)}
    params = {name: value for name, value in link["params"].items() if name not in its_own}
    return {**link, "params": tool.validated(params)}


def fields_of(tool: registry.Tool) -> list[tuple[str, Any]]:
    return list(tool.form.base_fields.items())


def is_there(digest: str) -> bool:
    return Photo.objects.filter(digest=digest).exists()
