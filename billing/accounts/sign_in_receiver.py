"""Receivers of what happens to users: what somebody had as a visitor becomes their user's, and
Stripe hears of a new e-mail address.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import visitors
from accounts.models import User
from billing.accounts import payers
from billing.models import Customer
from foundation.messages import send_on_commit


@receiver(user_logged_in, dispatch_uid="billing.accounts.sign_in_receiver")
def welcome(user: User, request: HttpRequest | None = None, **_: Any) -> None:
    visitor = visitors.find_visitor(request) if request is not None else None
    if visitor is not None:
        payers.signed_in(visitor, user)


@receiver(post_save, sender=User, dispatch_uid="billing.accounts.renamed")
def tell_stripe(instance: User, update_fields: Collection[str] | None = None, **_: Any) -> None:
    """A new address goes where invoices go. Nobody waits for it, and it may be repeated."""
    if update_fields is not None and "email" not in update_fields:
        return
    if Customer.objects.filter(account__user=instance, deleted=None).exists():
        send_on_commit("billing.tasks.rename_customer", instance.pk)
