from django.conf import settings

from tools.pipeline.intake.limits import Limits

# A download may weigh more than the photo that it was made from.
HEAVIER = 4


def photo_limits() -> Limits:
    """What this server takes in, by its settings."""
    return Limits(bytes=settings.PHOTO_MAX_BYTES, pixels=settings.PHOTO_MAX_PIXELS)


def check_limits() -> Limits:
    """What /verify/ takes in: nothing is decoded there, so pixels cost nothing."""
    pixels = 10**9
    return Limits(bytes=HEAVIER * settings.PHOTO_MAX_BYTES, pixels=pixels, bomb_pixels=pixels)
