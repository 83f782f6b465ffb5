"""A stranger's file is asked what was done to it, in the worker: native code meets its bytes."""

from dataclasses import asdict
from typing import Any

from tools import files, limits, signing
from tools.errors import CheckLostError
from tools.models import Check
from tools.pipeline.provenance import verify


def read(check: Check) -> dict[str, Any]:
    """The report of `verify`, as JSON.

    The file is gone before a byte of it is parsed, so that nothing is kept of one that brings
    the worker down, and it does so once. Raises a RefusedError, and CheckLostError where another
    worker had the file and did not come back.
    """
    try:
        data = files.get(check.file)
    except FileNotFoundError:
        raise CheckLostError from None
    files.remove([check.file])
    return asdict(verify.read(data, anchors=signing.anchors(), limits=limits.of_checks()))
