"""The edition: which state of the public pages it is. Whoever keeps one asks whether it is still of this state."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models, transaction

from seo.page_cache.store import SHELF

Row = TypeVar("Row", bound=models.Model)
AT_ONCE: ContextVar[bool] = ContextVar("AT_ONCE", default=False)


class Edition(models.Model):
    """One row whose stamp is another after every change to what the public pages show.

    Pages are kept ready under it, in every process, so that one short look says whether they are
    still true. It is random, so that a rolled-back change cannot come back under the same stamp.
    """

    stamp = models.CharField(max_length=32)
    # When search engines were last told what has changed.
    told = models.DateTimeField(null=True)

    @classmethod
    def turn(cls) -> None:
        if AT_ONCE.get():
            return
        stamp = uuid.uuid4().hex
        if not cls.objects.filter(pk=1).update(stamp=stamp):
            cls.objects.update_or_create(pk=1, defaults={"stamp": stamp})
        transaction.on_commit(SHELF.distrust)

    @classmethod
    @contextmanager
    def turned_once(cls) -> Iterator[None]:
        """For hundreds of changes in one transaction: the edition is turned at its end only."""
        with transaction.atomic():
            token = AT_ONCE.set(True)
            try:
                yield
            finally:
                AT_ONCE.reset(token)
            if not transaction.get_rollback():
                cls.turn()


class Watched(models.QuerySet[Row]):
    """Rows that the public pages are made of: changing many at once turns the edition, too."""

    def update(self, **values: Any) -> int:
        with transaction.atomic():
            Edition.turn()
            return super().update(**values)

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        with transaction.atomic():
            Edition.turn()
            return super().bulk_create(objs, *args, **kwargs)
