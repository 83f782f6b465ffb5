from django.conf import settings

from tools.pipeline.intake.limits import Limits


def current() -> Limits:
    """What this server takes in, by its settings."""
    return Limits(bytes=settings.PHOTO_MAX_BYTES, pixels=settings.PHOTO_MAX_PIXELS)
