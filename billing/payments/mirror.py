"""Mirror rows: they repeat what Stripe says, whatever the order in which we heard of it."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, models, transaction

from billing.errors import NotYetError

ROUNDS = 50


def converge(model: type[models.Model], pk: str, fetch: Callable[[], dict[str, Any]]) -> None:
    """Write what `fetch` answers, unless somebody wrote since we asked: then ask again.

    So whoever writes last has asked last. The model has a `version`.
    """
    rows = model._default_manager.filter(pk=pk)  # noqa: SLF001  Django's documented name
    for _ in range(ROUNDS):
        seen = rows.values_list("version", flat=True).first()
        fields = fetch()
        if seen is None:
            try:
                with transaction.atomic():
                    model._default_manager.create(pk=pk, **fields)  # noqa: SLF001  as above
            except IntegrityError:
                continue
            return
        if rows.filter(version=seen).update(version=seen + 1, **fields) == 1:
            return
    raise NotYetError(f"{pk} changed {ROUNDS} times while we asked")
