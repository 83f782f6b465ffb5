"""Validators of a page's version: what its lists must look like, and what is wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from tools.definition.registry import InvalidParamsError
from tools.exports import files

FILE = {"market", "format", "side"}


def texts(value: Any) -> None:
    if not isinstance(value, list) or not all(is_text(item) for item in value):
        raise ValidationError('Write it as ["one", "two"], without empty ones.')


def sections(value: Any) -> None:
    rows(value, "title", "text")


def questions(value: Any) -> None:
    rows(value, "question", "answer")


def examples(value: Any) -> None:
    rows(value, "name", "alt")


def facts(value: Any) -> None:
    rows(value, "text", "source", "date")
    for row in value:
        if urlsplit(row["source"]).scheme not in {"http", "https"}:
            raise ValidationError(f"A fact's source is an address, not {row['source']!r}.")
        try:
            date.fromisoformat(row["date"])
        except ValueError:
            raise ValidationError(f"{row['date']!r} is not a date such as 2026-11-22.") from None


def presets(value: Any) -> None:
    rows(value)
    for row in value:
        settings(row.get("settings"))


def settings(value: Any) -> None:
    if not isinstance(value, Mapping):
        raise ValidationError('Write it as {"name": value}.')


def file(value: Any) -> None:
    settings(value)
    if unknown := sorted(set(value) - FILE):
        raise ValidationError(f"A file has no {unknown[0]}: only market, format and side.")
    if not isinstance(value.get("side", 0), int):
        raise ValidationError("A file's side is a number of pixels.")
    try:
        files.parse_options(value)
    except InvalidParamsError as error:
        raise ValidationError(str(error)) from None


def rows(value: Any, *wanted: str) -> None:
    """A list of mappings, each with a text under all of these names."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise ValidationError(f"Write it as a list of {{{', '.join(wanted) or 'name, settings'}}}.")
    for number, row in enumerate(value, 1):
        for name in wanted:
            if not is_text(row.get(name)):
                raise ValidationError(f"Number {number} has no {name}.")


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
