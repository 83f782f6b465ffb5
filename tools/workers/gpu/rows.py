"""Job rows for a device, whole, with the rows that they hang on: the device waits for them, so the statement is
written once. To put it together anew took the ORM longer than the database takes to answer.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

from tools.models import Attempt, Export, Photo, Relay

# Each kind of job, then what it hangs on, one by the other.
WAYS: dict[type[Relay], tuple[tuple[type[Model], str], ...]] = {
    Attempt: ((Attempt, ""), (Photo, "photo")),
    Export: ((Export, ""), (Attempt, "attempt"), (Photo, "photo")),
}

Converter = Callable[[Any], Any]


class Columns(NamedTuple):
    """Where one of the rows stands in the answer, and how it is read."""

    model: type[Model]
    # Of the row before, the one that holds this one.
    relation: str
    names: Sequence[str]
    converters: Sequence[tuple[int, Converter]]

    def read(self, values: Sequence[Any]) -> Model:
        found = list(values)
        for at, convert in self.converters:
            found[at] = convert(found[at])
        return self.model.from_db(connection.alias, self.names, found)


class Statement(NamedTuple):
    sql: str
    rows: Sequence[Columns]


def whole(kind: type[Relay], pk: UUID) -> Relay | None:
    """The job with its photo, and for a file with its attempt; None when it was deleted."""
    statement = of(kind, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, [kind._meta.pk.get_db_prep_value(pk, connection)])  # noqa: SLF001  Django names it so
        values = cursor.fetchone()
    if values is None:
        return None
    found: list[Model] = []
    for columns in statement.rows:
        own, values = values[: len(columns.names)], values[len(columns.names) :]
        found.append(columns.read(own))
    for before, after, columns in zip(found, found[1:], statement.rows[1:], strict=False):
        setattr(before, columns.relation, after)
    job: Any = found[0]
    return job  # type: ignore[no-any-return]  # it is of the kind that was asked for


@cache
def of(kind: type[Relay], vendor: str) -> Statement:  # noqa: ARG001  each reads values in its way
    way = WAYS[kind]
    tables = [model._meta.db_table for model, _ in way]  # noqa: SLF001  Django names them so
    wanted = [
        f"{table}.{field.column}"
        for (model, _), table in zip(way, tables, strict=True)
        for field in fields(model)
    ]
    joined = [
        f"JOIN {table} ON {table}.id = {before}.{relation}_id"
        for before, (table, (_, relation)) in zip(
            tables, zip(tables[1:], way[1:], strict=True), strict=False
        )
    ]
    ways = " ".join([tables[0], *joined])
    sql = f"SELECT {', '.join(wanted)} FROM {ways} WHERE {tables[0]}.id = %s"  # noqa: S608  our own names
    return Statement(sql, [columns(model, relation) for model, relation in way])


def columns(model: type[Model], relation: str) -> Columns:
    own = fields(model)
    converters = [(at, found) for at, field in enumerate(own) for found in converting(field)]
    return Columns(model, relation, [field.attname for field in own], converters)


def fields(model: type[Model]) -> Sequence[Field[Any, Any]]:
    return model._meta.concrete_fields  # noqa: SLF001  Django names them so


def converting(field: Field[Any, Any]) -> list[Converter]:
    """What makes of the database's value the one that the field has."""
    # Of a relation: as what it points to.
    column = field.get_col(field.model._meta.db_table)  # noqa: SLF001  as above
    found = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]

    def by(one: Callable[[Any, Any, Any], Any]) -> Converter:
        return lambda value: one(value, column, connection)

    return [by(one) for one in found]
