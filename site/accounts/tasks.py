from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from accounts.models import User

# Long after any code has run out.
NEVER_CAME = timedelta(days=1)


@shared_task
def forget_strangers() -> int:
    """Delete those whose address was typed in but never proved; how many."""
    strangers = User.objects.filter(
        last_login=None, joined__lt=timezone.now() - NEVER_CAME, is_staff=False
    )
    proved = User.objects.filter(emailaddress__verified=True)
    typed_in = strangers.filter(emailaddress__isnull=False).exclude(pk__in=proved)
    return typed_in.delete()[1].get("accounts.User", 0)
