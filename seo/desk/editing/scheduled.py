"""Scheduled versions: looked at once more when the time comes that they were given.

Going live needs nobody: the newest version whose time has come is live. So the gate looks a little
before the time, and takes the time away from what does not pass any more. Where no timetable ran
then, it looks as soon as one does.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from billing import emails
from seo.desk.checks import gate
from seo.desk.models import ScheduledCheck
from seo.models import Version

# Two turns of the timetable: nothing comes due between two of its looks.
AHEAD = timedelta(minutes=2)


def appoint(version: Version, by: User | None) -> None:
    """Remember that a version waits for its time, and who is told if it comes to nothing."""
    ScheduledCheck.objects.update_or_create(
        version=version, defaults={"by": by, "looked": None, "reasons": []}
    )


def forget(version: Version) -> None:
    """The version waits for nothing any more."""
    ScheduledCheck.objects.filter(version=version).delete()


def hold_back_failing() -> int:
    """Hold back what comes due and does not pass any more; return how many."""
    now = timezone.now()
    coming = ScheduledCheck.objects.filter(looked=None, version__publish_at__lte=now + AHEAD)
    arounds: dict[str, gate.Around] = {}
    held = 0
    for due in coming.select_related("version__page__intent", "by").order_by(
        "version__publish_at", "version_id"
    ):
        locale = due.version.page.locale
        around = arounds.get(locale) or arounds.setdefault(locale, gate.Around.of(locale))
        reasons = [one for one in gate.examine_version(due.version, around) if one.blocks]
        if not reasons:
            around.take(due.version)
        held += settle(due, reasons, now)
    return held


@transaction.atomic
def settle(due: ScheduledCheck, reasons: Iterable[gate.Finding], now: datetime) -> bool:
    """Write down what was found of one; True if its time was taken away."""
    said = [{"name": one.name, "reason": one.reason, "mend": one.mend} for one in reasons]
    if ScheduledCheck.objects.filter(pk=due.pk, looked=None).update(looked=now, reasons=said) != 1:
        return False  # another worker was faster
    if not said:
        return False
    version = due.version
    same = Version.objects.filter(pk=version.pk, publish_at=version.publish_at)
    if same.update(publish_at=None, updated=now) != 1:
        forget(version)  # somebody took it back, or gave it another time, meanwhile
        return False
    if due.by is not None:
        where = settings.ORIGIN + reverse("admin:desk_publish_checks", args=[version.pk])
        words = {"version": version, "reasons": said, "where": where}
        emails.queue_email([due.by.email], render_to_string("seo/emails/held_back.txt", words))
    return True


def held_back() -> Iterable[ScheduledCheck]:
    """What did not go live at its time and has not been seen to since."""
    found = ScheduledCheck.objects.exclude(reasons=[]).filter(version__publish_at=None)
    return found.select_related("version__page__intent").order_by("pk")
