"""A download with all that it has to say of itself."""

from typing import Any

from tools.pipeline.provenance import aigc, claims, containers, credentials, sources, xmp
from tools.pipeline.provenance.certificates import Identity
from tools.pipeline.provenance.record import Record, Step

# The chunk that PNG keeps credentials in: most stored photos have none.
CREDENTIALS = b"caBX"
HEAD = 64 * 1024
# What a step puts beside the product; C2PA wants it named as a thing of its own.
PART = {"relationship": "componentOf", "format": "image/png"}


def seal_result(
    data: bytes,
    record: Record,
    identity: Identity,
    *,
    photo: bytes | None = None,
    producer: str = "Packshot",
) -> bytes:
    """`data` is a JPEG, PNG or WebP from `encoding`; what comes back shows the same pixels.

    `photo` is the stored PNG that `incoming_credentials.preserve_credentials` gave, whose
    credentials are taken along. `producer` is the operator's name or registered code, for generated
    pictures. Raises `UnsealableError` and `UnsignableError`.
    """
    label = aigc.field(producer=producer, identifier=record.id) if record.generated else None
    tool = f"{record.software} {record.version}"
    data = containers.with_xmp(data, xmp.packet(source=record.source, tool=tool, label=label))
    brings = photo is not None and CREDENTIALS in photo[:HEAD]
    return credentials.sign(
        data,
        containers.mime(data),
        _manifest(record, declared=not brings),
        identity,
        parent=("image/png", photo) if brings and photo else None,
    )


def _manifest(record: Record, *, declared: bool) -> dict[str, Any]:
    """`declared`: the photo has no credentials, and is only named."""
    if record.photo is None:
        begin: dict[str, Any] = {
            "action": "c2pa.created",
            "digitalSourceType": sources.uri(record.source),
        }
    else:
        begin = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["photo"]}}
    actions = [begin, *(_action(step, place) for place, step in enumerate(record.steps))]
    ingredients = [
        _ingredient({**PART, "title": step.name, "label": _part(place)}, record)
        for place, step in enumerate(record.steps)
        if step.action == "c2pa.placed"
    ]
    if record.photo is not None and declared:
        photo = {**credentials.PHOTO, "format": f"image/{record.photo}"}
        ingredients.append(_ingredient(photo, record))
    return {
        "claim_generator_info": [{"name": record.software, "version": record.version}],
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": actions}},
            *([_claims(record)] if record.claims else []),
        ],
        "ingredients": ingredients,
    }


def _claims(record: Record) -> dict[str, Any]:
    return {"label": claims.LABEL, "data": dict(record.claims), "kind": "Json"}


def _ingredient(told: dict[str, str], record: Record) -> dict[str, str]:
    return {**told, "instance_id": f"{told['label']}:{record.id}"}


def _action(step: Step, place: int) -> dict[str, Any]:
    parameters: dict[str, Any] = dict(step.parameters)
    if step.action == "c2pa.placed":
        parameters["ingredientIds"] = [_part(place)]
    return {
        "action": step.action,
        "description": step.name,
        "softwareAgent": {"name": step.engine, "version": step.version},
        "digitalSourceType": sources.uri(step.source),
        **({"parameters": parameters} if parameters else {}),
    }


def _part(place: int) -> str:
    return f"part-{place}"
