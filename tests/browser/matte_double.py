"""A second engine for the matte: the built-in one under another name."""

from dataclasses import replace

from tools.pipeline.engines import embedded

ENGINES = tuple(
    replace(engine, name="double", title="Another")
    for engine in embedded.ENGINES
    if engine.kind == "matte"
)
