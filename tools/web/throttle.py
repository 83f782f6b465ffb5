"""Throttle: how often a network may do what costs us something."""

import logging
from contextlib import suppress

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from billing.accounts import free_allowance

logger = logging.getLogger(__name__)


def is_within_rate(kind: str, address: str, *, most: int, seconds: int) -> bool:
    """Count one more of these from the address's network; False when it has had its share.

    Processes without a common cache count each for itself. A cache that is away counts nothing and
    refuses nobody.
    """
    now = timezone.now()
    network = free_allowance.hash_network(address, now.date())
    key = f"{kind}:{network}:{int(now.timestamp()) // seconds}"
    try:
        cache.add(key, 0, seconds)
        # It may have gone between the two lines, with its time.
        with suppress(ValueError):
            return bool(cache.incr(key) <= most)
    except (OSError, RedisError) as error:
        logger.warning("Nothing is throttled, the cache is away: %s", error)
    return True
