"""Decoding of what strangers send, by the decoder beside this process, as its settings allow."""

from dataclasses import replace

from django.conf import settings

from tools.pipeline import hidden
from tools.pipeline.intake import apart
from tools.pipeline.intake.decode import Decoded
from tools.storage import upload_limits


def decode_upload(data: bytes) -> Decoded:
    """The picture, with nothing under full transparency that says more than what is seen.

    Raises a RefusedError, and DecoderBrokenError where there is no decoder to be had.
    """
    apart.STANDBY.configure(read_allowance())
    decoded = apart.decode_apart(data, limits=upload_limits.photo_limits())
    return replace(decoded, pixels=hidden.fill_hidden(decoded.pixels))


def warm_up() -> None:
    """Have a decoder started, so that the first photo need not wait for it."""
    apart.STANDBY.configure(read_allowance())
    apart.STANDBY.warm_up()


def read_allowance() -> apart.Allowance:
    return apart.Allowance(
        megabytes=settings.DECODER_MEGABYTES,
        cpu_seconds=settings.DECODER_CPU_SECONDS,
        seconds=settings.DECODER_SECONDS,
    )
