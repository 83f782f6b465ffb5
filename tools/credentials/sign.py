"""Signing of downloads: each says what was done to it, its steps, its engines and its photo."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from tools.credentials import identity
from tools.models import Export, Photo
from tools.pipeline.enhancing import settings as enhancing
from tools.pipeline.graph import Node, Op, plan_steps
from tools.pipeline.graph import Step as Planned
from tools.pipeline.pixels import Rgb, Rgba
from tools.pipeline.provenance import actions, claims, seal
from tools.pipeline.provenance.record import Record, Step
from tools.pipeline.run import Run
from tools.storage import files

FLATTEN, SIZED, LABEL = Op("flatten", 1), Op("sized", 1), Op("label", 1)
WITH_ALPHA = 4  # channels


def sign_file(data: bytes, export: Export, steps: tuple[Step, ...]) -> bytes:
    """The encoded file with its records in it, what its marks claim, and the credentials that the
    photo came with.

    Raises CertificateError, UnsealableError and UnsignableError.
    """
    photo = export.attempt.photo
    said = claims.describe_claims(
        export.attempt.fidelity,
        export.attempt.outline,
        resized=any(step.action == "c2pa.resized" for step in steps),
    )
    record = Record(str(export.attempt_id), steps, photo=photo.format or None, claims=said)
    return seal.seal_result(
        data, record, identity.load_identity(), photo=brought(photo), producer=settings.PRODUCER
    )


def brought(photo: Photo) -> bytes | None:
    """The photo with the credentials that it came with; None where it had none."""
    name = files.credentials_path(photo.pk)
    return files.read_file(name) if files.file_exists(name) else None


def list_signed_steps(
    result: Node, run: Run, picture: Rgb | Rgba, options: Mapping[str, Any]
) -> Iterator[Step]:
    """All that was done on the way from the photo to the file; `picture` is the run's result."""
    versions = {kind: engine.versioned for kind, engine in run.engines.items()}
    planned = plan_steps(result, versions).values()
    yield from actions.list_actions(
        (step for step in planned if not is_idle(step, run)), run.engines
    )
    if options.get("colour") and picture.shape[2] == WITH_ALPHA:
        yield actions.describe_action(FLATTEN, options)
    if (side := options.get("side")) and side < max(picture.shape[:2]):
        yield actions.describe_action(SIZED, options)
    if options.get("label"):
        yield actions.describe_action(LABEL, options)


def is_idle(step: Planned, run: Run) -> bool:
    """Whether the step gave back what it was given."""
    arguments = step.node.arguments
    match step.node.op.name:
        case "erase":
            return not arguments["strokes"]
        case "clean":
            # What was measured may be gone from the store; then the step counts as done.
            strengths = arguments["strengths"] or run.facts.get("measure") or {}
            return bool(strengths) and not any(strengths[name] for name in enhancing.STEPS)
        case _:
            return False
