"""Account closing, tools' part: photos and all that was made from them go first."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from billing.accounts.closing import closes, list_visitors
from tools.models import Photo
from tools.photos.retention import delete_photo_and_files


@receiver(closes, dispatch_uid="tools.photos.account_closing")
def delete_photos(user: User, **_: Any) -> None:
    for photo in Photo.objects.filter(visitor__in=list_visitors(user)):
        delete_photo_and_files(photo)
