"""Somebody wants to be forgotten: their photos and all that was made from them go first."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from billing.closing import closes, visitors_of
from tools.expiry import forget
from tools.models import Photo


@receiver(closes, dispatch_uid="tools.leaving")
def delete_photos(user: User, **_: Any) -> None:
    for photo in Photo.objects.filter(visitor__in=visitors_of(user)):
        forget(photo)
