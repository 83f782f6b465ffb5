"""A cache on Redis that, while it is away, forgets: it answers as an empty one, and a page goes on.

What is kept in it is counts of how often somebody asked; the sign-in page counts there, too.
"""

import logging
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
P = ParamSpec("P")
Answer = TypeVar("Answer")


def answer_or(empty: Answer, ask: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
    """What Redis answers, or what an empty cache would."""
    try:
        return ask(*args, **kwargs)
    except (OSError, RedisError) as error:
        logger.warning("Nothing is counted, the cache is away: %s", error)
        return empty


class ForgivingCache(RedisCache):
    def add(self, *args: Any, **kwargs: Any) -> bool:
        # As if it were the first: whoever locks by it goes on.
        return answer_or(True, super().add, *args, **kwargs)  # noqa: FBT003  an answer, not a flag

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return answer_or(default, super().get, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        answer_or(None, super().set, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return answer_or(False, super().touch, *args, **kwargs)  # noqa: FBT003  as above

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return answer_or(False, super().delete, *args, **kwargs)  # noqa: FBT003  as above

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return answer_or({}, super().get_many, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return answer_or(False, super().has_key, *args, **kwargs)  # noqa: FBT003  as above

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """From nothing, where the count is away."""
        return answer_or(delta, super().incr, key, delta, version)

    def set_many(self, data: dict[Any, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return answer_or(list(data), super().set_many, data, *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        answer_or(None, super().delete_many, *args, **kwargs)

    def clear(self) -> None:
        answer_or(None, super().clear)
