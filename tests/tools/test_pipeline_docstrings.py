"""Whoever hands an array to another module's function reads there what it must look like."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("tools", "seo", "billing", "site", "scripts")

# H×W×3, (N, 3), (3,), (…, C)
SIDE = r"(?:[A-Za-z]{1,6}|[0-9]+|…)"
SHAPE = re.compile(rf"\b{SIDE}(?:×{SIDE})+|\({SIDE},(?: {SIDE}(?:, {SIDE})*)?\)")
# 0–1, -1 to 1, uint8 (all of 0–255), bool; what has no bounds says so
RANGE = re.compile(
    r"-?[0-9.]+(?:–| to )[0-9.]+|\buint8\b|\bbool\b|\bany (?:kind and )?range\b|\bfrom 0\b"
    r"|\b0 or (?:1|255)\b"
)


@cache
def modules():
    found = {}
    for folder in OURS:
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                parts = path.relative_to(ROOT).with_suffix("").parts
                name = ".".join(part for part in parts if part not in {"site", "__init__"})
                found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


@cache
def kinds():
    """The names that stand for arrays in the pipeline's signatures."""
    found = {"NDArray", "ndarray"}
    for name, tree in modules().items():
        if name.startswith("tools.pipeline"):
            for line in tree.body:
                value = getattr(line, "value", None)
                if value is None or isinstance(value, ast.Constant):
                    continue
                if re.search(r"^(NewType\(.*)?NDArray\[|Rgb \| Rgba", ast.unparse(value)):
                    (target,) = getattr(line, "targets", [getattr(line, "target", None)])
                    found.add(target.id)
    return found


@cache
def used_elsewhere():
    """(module, function) wherever a module uses another one's, or an op or a scene names it."""
    found = set()
    for user, tree in modules().items():
        names = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    found.add((node.module, alias.name))
                    names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                module, _, name = node.value.partition(":")
                if module in modules() and module != user:
                    found.add((module, name))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.add((names.get(node.value.id), node.attr))
    return found


def handed_over():
    """Public functions that take or give an array, and are another module's to call."""
    for module, tree in modules().items():
        if not module.startswith("tools.pipeline"):
            continue
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            # Engines of classical methods are modules: their functions are looked up by an op's name.
            public = (module, node.name) in used_elsewhere() or module.endswith(".steps")
            annotated = [*ast.walk(node.args), *ast.walk(node.returns or ast.Constant(None))]
            words = {name.id for name in annotated if isinstance(name, ast.Name)}
            words |= {name.attr for name in annotated if isinstance(name, ast.Attribute)}
            if public and words & kinds():
                yield f"{module}:{node.name}", ast.get_docstring(node) or ""


def test_the_kinds_of_array_are_known():
    assert {"Rgb", "Rgba", "Picture", "Alpha", "Matte", "Mask", "Floats", "Value"} <= kinds()
    assert len(list(handed_over())) > 150


@pytest.mark.parametrize("said", [SHAPE, RANGE], ids=["shape", "range"])
def test_a_function_that_takes_or_gives_an_array_says_what_it_is_like(said):
    assert [name for name, doc in handed_over() if not said.search(doc)] == []


@pytest.mark.parametrize(
    ("doc", "shape", "span"),
    [
        ("H×W×3 uint8 sRGB", True, True),
        ("(N, 3) unit vectors, -1 to 1", True, True),
        ("(3,) factors 0.8–1.2", True, True),
        ("The picture (as it is, and large) in levels", False, False),
        ("Where the mask (see above) is set", False, False),
    ],
)
def test_prose_does_not_pass_for_a_shape_or_a_range(doc, shape, span):
    assert bool(SHAPE.search(doc)) == shape
    assert bool(RANGE.search(doc)) == span
