"""Those who wait: visitors, their photos and attempts, and whoever does what needs no device."""

import time

import numpy as np
from django.utils import timezone
from stage import PATIENCE, cast, notes, order, until

from accounts.models import Visitor
from billing.accounts import payers
from billing.credits import grants
from billing.models import Source
from tools.attempts import lifecycle
from tools.models import Attempt, Photo
from tools.pipeline import encoding
from tools.pricing import charges
from tools.storage import files
from tools.workers import cpu

CREDITS = 1000
STROKE = {"points": [[0.5, 0.5]], "size": 0.2, "keep": False}


def account(*, paid=False):
    visitor = Visitor.objects.create()
    account = payers.account_of_visitor(visitor)
    source = Source.PURCHASE if paid else Source.FREE
    grants.grant_credits(account, CREDITS, source, f"test:{visitor.pk}")
    return visitor, account


def photo(visitor):
    """A photo that was read already."""
    random = np.random.default_rng(7)
    pixels = random.integers(0, 255, (48, 64, 3), np.uint8)
    # Each scene's photo is another one: nothing of it was computed before.
    digest = f"{cast.scene:064}"
    files.write_file(files.pixels_path(digest), encoding.encode_png(pixels))
    return Photo.objects.create(
        visitor=visitor,
        name="a.png",
        state=Photo.State.READY,
        digest=digest,
        width=64,
        height=48,
        expires=timezone.now() + timezone.timedelta(hours=1),
    )


def start(*seeds, paid=False, quality="best", engine="first"):
    """An attempt for each seed, queued as the site does it."""
    visitor, payer = account(paid=paid)
    shown = photo(visitor)
    return [
        lifecycle.start_attempt(
            shown,
            "erase-object",
            {"seed": seed, "strokes": [STROKE], "quality": quality},
            wanted={"fill": engine},
            payer=charges.Payer(payer),
        )
        for seed in seeds
    ]


def held(*seeds, **options):
    """A batch that goes on until told to `go`."""
    order(**{str(seed): "hold" for seed in seeds}, **options.pop("wrong", {}))
    found = start(*seeds, **options)
    until(lambda: {note["seed"] for note in notes("hold")} >= {*seeds}, "the holding")
    return found


def finished(*rows, within=PATIENCE):
    """Do what needs no device until these have ended; how each did."""
    keys = [row.pk for row in rows]
    deadline = time.monotonic() + within
    while True:
        open_rows = Attempt.objects.filter(pk__in=keys, status__in=Attempt.OPEN)
        if not open_rows.exists():
            break
        assert time.monotonic() < deadline, (list(open_rows.values()), notes())
        cpu.work_once()
        time.sleep(0.01)
    ends = dict(Attempt.objects.filter(pk__in=keys).values_list("pk", "status"))
    return [ends[key] for key in keys]


def status(row):
    row.refresh_from_db()
    return row.status
