"""Tool registry: every TOOL of a module in tools/catalog/."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms

from tools.definition.fields import Choice, Picture, Wish
from tools.pipeline import engines
from tools.pipeline.graph import Node, make_source

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Params = Mapping[str, Any]
# What a marketplace asks for, as `marketplaces.Marketplace.facts` says it.
Facts = Mapping[str, Any]
# Words that are translated when they are shown, not when they are written down.
Words: TypeAlias = "str | _StrPromise"


def same_size(width: int, height: int, params: Params) -> tuple[int, int]:  # noqa: ARG001  a default
    return width, height


def same_place(picture: Node, mask: Node, params: Params) -> Node:  # noqa: ARG001  a default
    return mask


def always(params: Params) -> bool:  # noqa: ARG001  a default
    return True


def never(width: int, height: int, params: Params) -> bool:  # noqa: ARG001  a default
    return False


@dataclass(frozen=True, kw_only=True)
class Tool:
    """What one photo tool is.

    The form is the schema of its parameters: it validates the editor's post and a keyword page's
    preset, draws the controls and gives the defaults. `build` composes steps and computes nothing.
    `proof`, for tools that must keep the product, gives the step that measures whether they did.
    """

    slug: str
    name: Words
    # Where it stands among the tools: first what most people come for.
    place: int = 100
    # What it is doing, for the line under the picture: "Removing the background".
    doing: Words
    form: type[forms.Form]
    build: Callable[[Node, Params], Node]
    proof: Callable[[Node, Params], Node] | None = None
    # The product's alpha, for tools that find it on the way.
    alpha: Callable[[Node, Params], Node] | None = None
    # What it puts behind the product, for tools that do.
    behind: Callable[[Node, Params], Node] | None = None
    # Where the product lies in the result, for where it lies in the picture.
    trace: Callable[[Node, Node, Params], Node] = same_place
    # The result made anew on a marketplace's canvas, by its facts and a plain colour for what is
    # clear; None where it cannot be made anew, and is cut to shape.
    market: Callable[[Node, Params, Facts, str], Node | None] | None = None
    # A first look at the result in fewer pixels, for tools whose steps beyond the product are quick.
    look: Callable[[Node, Params], Node] | None = None
    # Width and height of the full result, for a photo's.
    size: Callable[[int, int, Params], tuple[int, int]] = same_size
    # Whether it would leave a photo of that width and height as it is: nobody pays for that.
    changes_nothing: Callable[[int, int, Params], bool] = never
    # What tells one attempt from another by the same tool, in a word or two.
    title: Callable[[Params], Words] | None = None
    # Whether there is nothing to do before the visitor has painted.
    painted: bool = False
    # Whether there is nothing to do before the visitor has written what is wanted, in `words`.
    worded: bool = False
    # Whether working on the photo's proxy shows what the full size will be.
    proxied: Callable[[Params], bool] = always

    def kinds(self, params: Params | None = None) -> frozenset[str]:
        """The kinds of engine that the tool asks for with these parameters, or its defaults."""
        return self.build(make_source("", 1, 1), params or self.defaults()).kinds()

    def all_kinds(self) -> frozenset[str]:
        """The kinds of engine that it may ask for, whatever is chosen in its form."""
        fields = self.form.base_fields.values()
        needed = (field.needs.values() for field in fields if isinstance(field, Choice))
        return usual_kinds(self).union(*needed)

    def lacks_words(self, params: Params) -> bool:
        """Whether the visitor has yet to write what is wanted."""
        fields = self.form.base_fields.items()
        return any(
            field.is_missing(name, params) for name, field in fields if isinstance(field, Wish)
        )

    @property
    def is_offered(self) -> bool:
        """Whether this server can do all that the tool asks for."""
        return all(engines.can_run_kind(kind) for kind in usual_kinds(self))

    def pictures(self) -> set[str]:
        """The settings that are other photos of the visitor's."""
        fields = self.form.base_fields.items()
        return {name for name, field in fields if isinstance(field, Picture)}

    def defaults(self) -> dict[str, Any]:
        """The parameters of a form that nobody touched."""
        return self.validated({})

    def validated(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Complete, clean parameters: what is given, over the defaults.

        Raises InvalidParamsError with the form's words for each field that is wrong or unknown.
        """
        fields = self.form.base_fields
        if unknown := sorted(set(given) - set(fields)):
            raise InvalidParamsError({name: ["There is no such setting."] for name in unknown})
        initial = {name: field.initial for name, field in fields.items()}
        form = self.form({**initial, **given})
        if not form.is_valid():
            raise InvalidParamsError(
                {name: [str(error) for error in errors] for name, errors in form.errors.items()}
            )
        return dict(form.cleaned_data)


class InvalidParamsError(ValueError):
    """Parameters that the tool's form refuses; `fields` says which and why."""

    id = "invalid-params"

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(said)}" for name, said in fields.items()))
        self.fields = fields


class UnknownToolError(LookupError):
    id = "unknown-tool"


@cache
def load_tools() -> Mapping[str, Tool]:
    """Every tool of the catalog, by slug, in the order that they are offered."""
    package = import_module("tools.catalog")
    found: dict[str, Tool] = {}
    for info in iter_modules(package.__path__, "tools.catalog."):
        tool: Tool = import_module(info.name).TOOL
        if tool.slug in found:
            raise ValueError(f"two tools are called {tool.slug}")
        found[tool.slug] = tool
    return dict(sorted(found.items(), key=lambda named: named[1].place))


@cache
def usual_kinds(tool: Tool) -> frozenset[str]:
    return tool.kinds()


def list_offered() -> list[Tool]:
    """The tools that visitors are shown: those that this server has engines for."""
    return [tool for tool in load_tools().values() if tool.is_offered]


def get_tool(slug: str) -> Tool:
    try:
        return load_tools()[slug]
    except KeyError:
        raise UnknownToolError(slug) from None
