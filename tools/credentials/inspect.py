"""Inspection of a stranger's file, in the worker: native code meets its bytes."""

from dataclasses import asdict
from typing import Any

from tools.credentials import identity
from tools.errors import CheckLostError
from tools.models import Check
from tools.pipeline.provenance import verify
from tools.storage import files, upload_limits


def read_credentials(check: Check) -> dict[str, Any]:
    """The report of `verify`, as JSON.

    The file is gone before a byte of it is parsed, so that nothing is kept of one that brings
    the worker down, and it does so once. Raises a RefusedError, and CheckLostError where another
    worker had the file and did not come back.
    """
    try:
        data = files.read_file(check.file)
    except FileNotFoundError:
        raise CheckLostError from None
    files.remove_files([check.file])
    return asdict(
        verify.verify_file(data, anchors=identity.anchors(), limits=upload_limits.check_limits())
    )
