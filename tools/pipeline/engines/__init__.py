"""One file per engine. A module here that defines ENGINES offers them, and so does one that
PACKSHOT_ENGINES names.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.errors import EngineUnavailableError

EMBEDDED = "embedded"
VARIABLE = "PACKSHOT_ENGINES"


@cache
def list_engines() -> Mapping[tuple[str, str], Engine]:
    """Every engine that the code knows, by kind and name, whether this server can run it or not.

    One that does several kinds of step is there under each.
    """
    found: dict[tuple[str, str], Engine] = {}
    others = os.environ.get(VARIABLE, "").replace(",", " ").split()
    for name in (*(info.name for info in iter_modules(__path__, f"{__name__}.")), *others):
        for engine in getattr(import_module(name), "ENGINES", ()):
            for kind in engine.kinds:
                if (kind, engine.name) in found:
                    raise ValueError(f"two engines for {kind} are called {engine.name}")
                found[kind, engine.name] = engine
    return found


def list_engines_of_kind(kind: str) -> list[Engine]:
    """The engines for one kind of step that this server can run, the embedded one first."""
    fitting = [engine for (known, _), engine in list_engines().items() if known == kind]
    available = [engine for engine in fitting if engine.unavailable() is None]
    return sorted(available, key=lambda engine: (engine.name != EMBEDDED, engine.name))


def can_run_kind(kind: str) -> bool:
    """Whether this server can do such a step at all."""
    return any(
        known == kind and engine.unavailable() is None
        for (known, _), engine in list_engines().items()
    )


def pick_default_engine(kind: str) -> str:
    """The engine for a kind when nobody wants another: the embedded one, or where none can be
    embedded the first that this server can run.
    """
    if (kind, EMBEDDED) in list_engines():
        return EMBEDDED
    return next((engine.name for engine in list_engines_of_kind(kind)), EMBEDDED)


def choose_engines(kinds: Iterable[str], wanted: Mapping[str, str]) -> dict[str, Engine]:
    """The engine for each kind: the one wanted, else the usual one; for "kind:engine" that one.

    Raises EngineUnavailableError with the reason when this server cannot run the one wanted.
    """
    chosen = {}
    for asked in kinds:
        kind, _, only = asked.partition(":")
        name = only or wanted.get(kind) or pick_default_engine(kind)
        engine = list_engines().get((kind, name))
        reason = f"there is no engine {name} for {kind}" if engine is None else engine.unavailable()
        if engine is None or reason is not None:
            raise EngineUnavailableError(reason)
        chosen[asked] = engine
    return chosen
