"""What Stripe takes: the routes and parameter types of the installed SDK, and a check by them."""

import ast
import importlib
import re
import typing
import urllib.parse
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import stripe
import typing_extensions

ROOT = Path(stripe.__file__).parent
OPTIONS = {
    "api_key",
    "stripe_version",
    "stripe_account",
    "stripe_context",
    "max_network_retries",
    "idempotency_key",
    "content_type",
    "headers",
}


class ViolationError(Exception):
    def __init__(self, param, words):
        super().__init__(f"{words}: {param}")
        self.param = param


class Route(typing.NamedTuple):
    method: str
    pattern: re.Pattern
    template: str
    params: tuple | None
    answer: str


@cache
def routes():
    """Every route that the SDK's services call, with the type of its parameters."""
    found = [
        Route(method, as_pattern(template), template, params, answer)
        for path in sorted(ROOT.rglob("_*_service.py"))
        for method, template, params, answer in routes_in(path)
    ]
    return sorted(found, key=lambda route: route.template.count("{"))


def as_pattern(template):
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)) + "$")


def routes_in(path):
    tree = ast.parse(path.read_text())
    modules = {
        name.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stripe.params")
        for name in node.names
    }
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        params = None
        for argument in function.args.args:
            if argument.arg == "params" and argument.annotation is not None:
                name = re.search(r"(\w+Params)", ast.unparse(argument.annotation))
                params = name and (modules.get(name[1]), name[1])
        for call in ast.walk(function):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            if call.func.attr != "_request":
                continue
            method, where = call.args[0].value, call.args[1]
            template = where.value if isinstance(where, ast.Constant) else where.func.value.value
            answer = ast.unparse(function.returns).strip("'\"") if function.returns else ""
            yield method, template, params, answer


def decoded(form):
    """a[b][0][c]=1 as {'a': {'b': [{'c': '1'}]}}: Stripe's way with brackets."""
    root = {}
    for key, value in urllib.parse.parse_qsl(form, keep_blank_values=True):
        *parents, last = re.findall(r"[^\[\]]+", key)
        here = root
        for parent in parents:
            here = here.setdefault(parent, {})
        here[last] = value
    return listed(root)


def listed(value):
    if not isinstance(value, dict):
        return value
    value = {key: listed(item) for key, item in value.items()}
    if value and sorted(value) == sorted(map(str, range(len(value)))):
        return [value[str(index)] for index in range(len(value))]
    return value


@cache
def hints(params):
    names = {"StripeContext": object, "Mapping": typing.Mapping}
    space = vars(importlib.import_module(params.__module__))
    return typing_extensions.get_type_hints(params, space, names, include_extras=True)


def check(value, kind, path=""):
    """Raise ViolationError unless Stripe, by the SDK's types, would take the value."""
    origin, args = typing_extensions.get_origin(kind), typing_extensions.get_args(kind)
    if origin in (typing_extensions.NotRequired, typing_extensions.Required):
        check(value, args[0], path)
    elif typing_extensions.is_typeddict(kind):
        check_object(value, kind, path)
    elif origin is typing.Union or str(origin) == "<class 'types.UnionType'>":
        check_union(value, args, path)
    elif origin in (typing.Literal, typing_extensions.Literal):
        if not any(str(value) == str(choice) for choice in args):
            raise ViolationError(path, f"must be one of {args}")
    elif origin in (list, dict):
        check_many(value, origin, args[-1], path)
    else:
        check_plain(value, kind, path)


def check_object(value, kind, path):
    if not isinstance(value, dict):
        raise ViolationError(path, "Invalid object")
    known = {name: hint for name, hint in hints(kind).items() if path or name not in OPTIONS}
    for name in value:
        if name not in known:
            raise ViolationError(f"{path}[{name}]" if path else name, "Received unknown parameter")
    for name, hint in known.items():
        inside = f"{path}[{name}]" if path else name
        if name in value:
            check(value[name], hint, inside)
        elif (
            typing_extensions.get_origin(hint) is not typing_extensions.NotRequired
            and name in kind.__required_keys__
        ):
            raise ViolationError(inside, "Missing required param")


def check_many(value, origin, kind, path):
    if not isinstance(value, origin):
        raise ViolationError(path, f"Invalid {'array' if origin is list else 'hash'}")
    for key, item in enumerate(value) if origin is list else value.items():
        check(item, kind, f"{path}[{key}]")


def check_union(value, kinds, path):
    literal = [
        kind for kind in kinds if typing_extensions.get_origin(kind) is typing_extensions.Literal
    ]
    # The SDK writes open enumerations as Literal | str; Stripe takes the ones it lists.
    if str in kinds and literal and len(literal) + 1 == len(kinds):
        allowed = {choice for kind in literal for choice in typing_extensions.get_args(kind)}
        if allowed != {""}:
            if value not in allowed:
                raise ViolationError(path, f"must be one of {sorted(allowed)}")
            return
    refusals = []
    for kind in kinds:
        try:
            check(value, kind, path)
        except ViolationError as refusal:
            refusals.append(refusal)
        else:
            return
    raise max(refusals, key=lambda refusal: len(refusal.param))


def check_plain(value, kind, path):
    if kind in (str, int, bool, float, Decimal) and isinstance(value, (dict, list)):
        raise ViolationError(path, "Invalid value")
    if kind is int and not re.fullmatch(r"-?\d+", str(value)):
        raise ViolationError(path, "Invalid integer")
    if kind is bool and value not in ("true", "false"):
        raise ViolationError(path, "Invalid boolean")
    if kind in (float, Decimal):
        try:
            Decimal(value)
        except InvalidOperation:
            raise ViolationError(path, "Invalid decimal") from None
