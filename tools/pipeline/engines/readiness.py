"""Whether this server can run an engine that needs libraries and weights, and why it cannot."""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from tools.pipeline import device_errors
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.weights import places, soundness
from tools.pipeline.weights.catalogue import WEIGHTS

T = TypeVar("T")


def lacking(extra: str, modules: tuple[str, ...], *names: str) -> Callable[[], str | None]:
    """A check, for `Engine.missing`, of libraries (those of an extra) and weights by their names.

    It imports nothing and reads no weights: it is asked whenever a page is shown.
    """

    def reason() -> str | None:
        absent = [module for module in modules if not installed(module)]
        if absent:
            return f"{' and '.join(absent)} not installed: pip install 'packshot[{extra}]'"
        return next((said for name in names if (said := weights_lacking(name))), None)

    return reason


@cache
def installed(module: str) -> bool:
    return find_spec(module) is not None


def weights_lacking(name: str) -> str | None:
    weights = WEIGHTS[name]
    if not places.place.may_be_used(weights):
        return (
            f"not for commercial use ({weights.licence}): "
            f"PACKSHOT_LICENSED={name} says that you may use it"
        )
    folder = places.find_weights(weights)
    if folder is None:
        if weights.own:
            return f"there is no {weights.own} in {places.place.home(weights)}"
        return f"the weights are not there: manage.py models fetch {name}"
    return soundness.find_damage(weights, folder)


def opened(name: str, load: Callable[[Path], T]) -> T:
    """What `load` makes of the folder with these weights, once they are known to be sound.

    Whatever it raises makes the weights count as damaged until they change, so that the pages no
    longer offer the engine. Raises EngineUnavailableError; what is the device's fault goes on.
    """
    weights = WEIGHTS[name]
    folder = places.find_weights(weights)
    if folder is None:
        raise EngineUnavailableError(weights_lacking(name))
    if reason := soundness.verify_weights(weights, folder):
        raise EngineUnavailableError(reason)
    try:
        return load(folder)
    except (MemoryError, EngineUnavailableError):
        raise
    except Exception as error:
        # Each library has errors of its own for a file that it cannot read.
        if device_errors.is_out_of_memory(error) or device_errors.is_poisoned(error):
            raise
        said = f"could not be loaded: {' '.join(str(error).split())[:200]}"
        for path, _, _ in soundness.list_expected_files(weights, folder):
            soundness.record_check(path, said)
        raise EngineUnavailableError(said) from error
