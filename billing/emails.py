"""Billing's e-mails, sent from the queue, so that nobody waits for a mail server.

A row stands behind each: what neither broker nor mail server took, the timetable tries again.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from billing.models import Account, Member, OutgoingEmail
from foundation.messages import send_on_commit

logger = logging.getLogger(__name__)

DELIVER = "billing.tasks.deliver_email"
# The task normally comes first; the timetable takes what it lost.
GRACE = timedelta(minutes=1)
# Twelve tries, the last of them nearly a day after the first.
GIVE_UP_AFTER = 12
LONGEST_WAIT = timedelta(hours=4)
LONGEST_SUBJECT = 200


def low_balance(account: Account) -> None:
    send(account, "billing/emails/low_balance.txt")


def top_up_failed(account: Account) -> None:
    send(account, "billing/emails/top_up_failed.txt")


def payment_failed(account: Account, item: str) -> None:
    """A transfer for an order did not come."""
    send(account, "billing/emails/payment_failed.txt", item=item)


def payment_asked(account: Account, url: str) -> None:
    """A bank wants to hear from the card's owner, on Stripe's page."""
    send(account, "billing/emails/payment_asked.txt", url=url)


def email_invitation(member: Member) -> None:
    text = render_to_string("billing/emails/invited.txt", {"team": member.team})
    queue_email([member.email], text)


def send(account: Account, template: str, **said: str) -> None:
    queue_email(addresses(account), render_to_string(template, {"account": account, **said}))


def addresses(account: Account) -> list[str]:
    """Whoever looks after the account: its user, or after the team's money."""
    if account.user is not None:
        return [account.user.email]
    keepers = Member.objects.filter(team=account.team_id, role__in=("owner", "billing"))
    return list(keepers.values_list("user__email", flat=True)) if account.team_id else []


def queue_email(to: list[str], text: str) -> None:
    """The first line is the subject."""
    subject, _, body = text.strip().partition("\n")
    if not to:
        return
    with transaction.atomic():
        email = OutgoingEmail.objects.create(
            to=to,
            subject=subject[:LONGEST_SUBJECT],
            body=body.strip(),
            next_try=timezone.now() + GRACE,
        )
        send_on_commit(DELIVER, email.pk)


def deliver_email(pk: int) -> bool:
    """Have the mail server take an e-mail that nobody has sent yet; whether it did, just now.

    Of several who try at once one does. Who dies between the mail server's answer and ours has it
    sent once more.
    """
    email = OutgoingEmail.objects.filter(pk=pk).first()
    if email is None:
        return False
    tries = email.tries + 1
    wait = min(GRACE * 2**tries, LONGEST_WAIT)
    mine = OutgoingEmail.objects.filter(pk=pk, tries=email.tries)
    if not mine.update(tries=F("tries") + 1, next_try=timezone.now() + wait):
        return False
    taken = is_taken(email)
    if not taken and tries < GIVE_UP_AFTER:
        return False
    if not taken:
        logger.error("E-mail %s is given up: %s", pk, email.subject)
    OutgoingEmail.objects.filter(pk=pk).delete()
    return taken


def is_taken(email: OutgoingEmail) -> bool:
    """Whether the mail server takes it, now."""
    try:
        send_mail(email.subject, email.body, settings.DEFAULT_FROM_EMAIL, email.to)
    except OSError as error:
        # Not in its own words, which name addresses.
        logger.warning("E-mail %s was not taken: %s", email.pk, type(error).__name__)
        return False
    return True


def sweep_emails(now: datetime | None = None) -> int:
    """Try what nobody was told of, or the mail server would not take; how many are sent."""
    due = OutgoingEmail.objects.filter(next_try__lte=now or timezone.now()).order_by("next_try")
    return sum(deliver_email(pk) for pk in due.values_list("pk", flat=True)[:100])
