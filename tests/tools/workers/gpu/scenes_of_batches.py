"""What goes into a batch, and what becomes of it."""

from audience import CREDITS, STROKE, account, finished, held, photo, start
from django.utils import timezone
from stage import begun, cast, go, notes, order, until

from billing.accounts import payers
from billing.credits import holds
from packshot.celery import app
from tools.attempts import lifecycle
from tools.models import Attempt
from tools.pricing import charges


def batch():
    """What waits when a batch starts goes together; nothing else was asked of the device."""
    cast.want(1)
    (first,) = held(1)
    waiting = start(*range(10, 18))
    go()
    assert set(finished(first, *waiting)) == {"done"}
    assert begun() == [[1], list(range(10, 18))]
    first.refresh_from_db()
    assert (first.legs, first.lot, first.tries) == (1, "", 1)
    assert first.seconds > 0


def lots():
    """Only what is compatible shares a batch."""
    cast.want(1)
    rows = held(1)
    rows += start(10, 11, quality="fast")
    rows += start(12, 13)
    rows += start(14, quality="fast")
    rows += start(15, engine="second")
    go()
    assert set(finished(*rows)) == {"done"}
    assert begun() == [[1], [10, 11, 14], [12, 13], [15]]


def tiers():
    """Who pays goes first, and takes part of the same batch along."""
    cast.want(1)
    rows = held(1)
    rows += start(*range(10, 20))
    rows += start(50, 51, paid=True)
    go()
    assert set(finished(*rows)) == {"done"}
    assert begun()[1] == [50, 51, *range(10, 16)]
    assert begun()[2] == [16, 17, 18, 19]


def age():
    """Free ones are not kept waiting for ever by a stream of paid ones."""
    cast.want(1)
    rows = held(1)
    (old,) = start(99, quality="fast")
    Attempt.objects.filter(pk=old.pk).update(created=timezone.now() - timezone.timedelta(minutes=5))
    for seed in range(10, 50, 8):
        rows += start(*range(seed, seed + 8), paid=True)
    go()
    assert set(finished(old, *rows)) == {"done"}
    assert [99] in begun()[1:6]


def cancel():
    """One that is called off leaves its batch, the others go on; alone it ends the batch."""
    cast.want(1)
    (alone,) = held(1)
    mates = start(20, 21)
    lifecycle.cancel_attempt(alone)
    order(**{"20": "hold"})
    until(lambda: len(notes("hold")) == 2, "the next batch")
    lifecycle.cancel_attempt(mates[0])
    assert finished(alone, *mates) == ["cancelled", "cancelled", "done"]
    assert begun() == [[1], [20, 21]]
    left = holds.count_spendable(payers.account_of_visitor(mates[0].photo.visitor))
    assert left == CREDITS - mates[1].price


def poison():
    """A picture that fails its batch fails alone, and costs nothing."""
    cast.want(1)
    rows = held(1, wrong={"11": "raise", "12": "refuse"})
    rows += start(10, 11, 12, 13)
    go()
    assert finished(*rows) == ["done", "done", "failed", "failed", "done"]
    errors = dict(Attempt.objects.filter(status="failed").values_list("params__seed", "error"))
    assert errors == {11: "step-failed", 12: "no-subject"}
    assert begun()[1:] == [[10, 11, 12, 13], [10], [11], [12], [13]]


def memory():
    """What does not fit is halved, and the next batch is no larger."""
    cast.want(1)
    rows = held(1, quality="fast", engine="third", wrong={"fits": 2})
    rows += start(*range(10, 20), quality="fast", engine="third")
    go()
    assert set(finished(*rows)) == {"done"}
    assert [len(seeds) for seeds in begun()] == [1, 8, 4, 2, 2, 2, 2, 2]


def unrung():
    """A wake-up that goes astray costs a moment."""
    cast.want(1)
    app.conf.broker_url, broker = "memory://", app.conf.broker_url
    try:
        with app.connection_for_write("memory://"):
            (row,) = start(1)
    finally:
        app.conf.broker_url = broker
    assert finished(row) == ["done"]


def uploaded():
    """What the web process could not foresee finds its way: an unread photo, a result known."""
    cast.want(1)
    (row,) = start(1)
    assert row.lot.startswith("fill first 1 erase")
    assert finished(row) == ["done"]
    visitor, payer = account()
    unread = photo(visitor)
    again = lifecycle.start_attempt(
        unread,
        "erase-object",
        {"seed": 1, "strokes": [STROKE], "quality": "best"},
        wanted={"fill": "first"},
        payer=charges.Payer(payer),
    )
    # Another visitor's photo of the same pixels: the device has done it.
    assert finished(again) == ["done"]
    assert begun() == [[1]]
