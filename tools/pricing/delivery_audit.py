"""Delivery audit: what was delivered was captured, and what was captured was delivered."""

from typing import Any

from django.dispatch import receiver

from billing.audit import Problem, audits
from billing.models import Hold
from tools.models import Attempt, Job

BATCH = 500


@receiver(audits, dispatch_uid="tools.pricing.delivery_audit")
def find_undelivered(**_: Any) -> list[Problem]:
    """Of the attempts that are still there: photos die after a day or so, and holds stay."""
    ended = Attempt.objects.exclude(status__in=Job.OPEN).values_list("pk", "status", "price")
    known = {str(pk): (status, price) for pk, status, price in ended}
    found, names = [], sorted(known)
    for start in range(0, len(names), BATCH):
        holds = Hold.objects.filter(attempt__in=names[start : start + BATCH])
        judged = [(judge(hold, *known[hold.attempt]), hold.pk) for hold in holds]
        found += [Problem(what, pk) for what, pk in judged if what]
    return found


def judge(hold: Hold, status: str, price: int) -> str:
    """What is wrong with a hold whose attempt ended like this; empty for nothing."""
    if status != Job.Status.DONE:
        return "" if hold.state != Hold.State.CAPTURED else "captured and not delivered"
    if hold.state == Hold.State.CAPTURED:
        return "" if hold.captured == price else "captured other than its price"
    # One that lapsed was delivered late, and is marked so; one may have become free meanwhile.
    return "delivered and not captured" if price and not hold.late else ""
