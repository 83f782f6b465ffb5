"""Billing's e-mails, sent from the queue, so that nobody waits for a mail server."""

from django.template.loader import render_to_string

from billing.models import Account, Member
from foundation.messages import send_on_commit

SEND = "billing.tasks.send_email"


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
    if to:
        send_on_commit(SEND, to, subject, body.strip())
