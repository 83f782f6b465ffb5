"""Cells of tables for people: a spreadsheet must take none for a formula."""

from typing import TypeVar

Cell = TypeVar("Cell")

# With what OWASP says that a formula may begin: TAB and CR are skipped before one is looked for,
# and the full-width signs are what a Chinese or Japanese keyboard types.
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
QUOTE = "'"


def quote_cell(cell: Cell) -> Cell | str:
    """The cell as text that a spreadsheet shows as it is; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(
        (*BEGINNINGS, *(QUOTE + one for one in BEGINNINGS))
    ):
        return QUOTE + cell
    return cell


def unquote_cell(cell: str) -> str:
    """What was quoted, as it was."""
    if cell.startswith(tuple(QUOTE + one for one in (*BEGINNINGS, QUOTE))) and (
        quote_cell(cell[1:]) == cell
    ):
        return cell[1:]
    return cell
