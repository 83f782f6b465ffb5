"""Credential checks: files whose history somebody wants to know, taken in, and found again."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from tools.errors import TooManyChecksError
from tools.models import Check, Job
from tools.photos import retention
from tools.pipeline.intake import header
from tools.queue import messages, open_limits
from tools.storage import files, upload_limits


def start_check(file: File[bytes]) -> Check:
    """Keep the file until a worker has read it; neither its name nor its sender.

    Raises a RefusedError for what is no picture or too large, TooManyChecksError and
    DiskFullError; then nothing is stored.
    """
    header.read_header(file, limits=upload_limits.check_limits())  # type: ignore[arg-type]  # Django's File is a stream
    if Check.objects.filter(status__in=Job.OPEN).count() >= open_limits.CREDENTIAL_CHECKS:
        raise TooManyChecksError
    check = Check()
    check.file = files.check_path(check.pk)
    files.write_file(check.file, file)
    try:
        with transaction.atomic():
            check.save(force_insert=True)
            messages.announce_work()
    except BaseException:
        files.remove_files([check.file])
        raise
    return check


def find_check(check_id: Any) -> Check | None:
    """That of this id, while it may still be looked at."""
    return Check.objects.filter(
        pk=check_id, created__gt=timezone.now() - retention.CHECK_KEPT
    ).first()
