"""The metadata field that China's labelling rule asks of generated pictures.

GB 45438-2025, annex E, in the form that TC260 published for XMP: one property `AIGC` whose value
is a JSON object of exactly these keys, all of them texts.
"""

import json
from collections.abc import Mapping

KEYS = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
# Of the label: it is generated; it may be; it is suspected to be.
CERTAIN, POSSIBLE, SUSPECTED = "1", "2", "3"


def field(
    *, producer: str, identifier: str, propagator: str = "", propagation: str = ""
) -> dict[str, str]:
    """`producer` is the operator's name or registered code; the other two are for whoever spreads
    the picture, and are left empty by the one who makes it. The reserved codes are for seals of
    the operator's own; ours is the content credential.
    """
    values = (CERTAIN, producer, identifier, "", propagator, propagation, "")
    return dict(zip(KEYS, values, strict=True))


def written(values: Mapping[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> dict[str, str] | None:
    """The field that stands in a file; None where it is none. Unknown keys are left out."""
    try:
        values = json.loads(text)
    except ValueError:
        return None
    if isinstance(values, dict) and isinstance(values.get("AIGC"), dict):
        values = values["AIGC"]  # as written in other places than XMP
    if not isinstance(values, dict) or "Label" not in values:
        return None
    return {key: str(values[key])[:500] for key in KEYS if key in values}
