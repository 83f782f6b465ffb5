"""Which steps can run as one batch on a device."""

from hashlib import sha256

from tools.pipeline import ops
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.graph import Node

# What the column that keeps them holds.
LONGEST = 160


def make_batch_key(step: Node, engine: Engine) -> str:
    """The name that all steps have in common which this engine may take at once.

    It follows from the step alone, so that whoever queues it and whoever runs it agree.
    """
    bucket = engine.bucket(step.op.name, step.arguments, ops.find_working_size(step))
    name = f"{engine.kind} {engine.versioned} {step.op.name} {step.op.version} {bucket}".rstrip()
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 17]} {sha256(name.encode()).hexdigest()[:16]}"
