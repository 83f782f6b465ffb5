"""What an upload's decoder may take stands in the settings, and its death is told and noted."""

import io
import os
import signal

import pytest
from PIL import Image

from tools.attempts import lifecycle
from tools.exports import files as exports
from tools.models import DeadLetter, Photo
from tools.pipeline.intake import apart
from tools.rendering import decoding, ingest
from tools.storage import files
from tools.workers import cpu


@pytest.fixture(autouse=True)
def no_decoder_is_left():
    yield
    apart.STANDBY.stop()


def test_a_photo_is_read_by_a_decoder_with_the_limits_of_the_settings(upload, settings):
    settings.DECODER_MEGABYTES = 700
    photo = upload()
    ingest.ingest_photo(photo.pk)
    photo.refresh_from_db()
    assert photo.state == Photo.State.READY
    assert apart.STANDBY.decoder.allowance.megabytes == 700


@pytest.mark.parametrize("form", ["png", "jpeg"])
def test_a_download_says_how_many_dots_to_the_inch_the_photo_had(upload, as_file, mug, form):
    photo = upload(as_file(mug, "JPEG", dpi=(240, 240)))
    ingest.ingest_photo(photo.pk)
    photo.refresh_from_db()
    attempt = lifecycle.start_attempt(photo, "remove-background", {})
    cpu.work_once()
    attempt.refresh_from_db()
    export = exports.start_export(attempt, {"format": form})
    cpu.work_once()
    export.refresh_from_db()
    with Image.open(io.BytesIO(files.read_file(export.file))) as made:
        assert made.info["dpi"][0] == pytest.approx(240, abs=0.1)


def test_a_photo_that_kills_its_decoder_is_refused_once_and_noted(upload, settings):
    settings.DECODER_SECONDS = 1
    decoding.warm_up()
    # As if the file had hung it.
    os.kill(apart.STANDBY.decoder.process.pid, signal.SIGSTOP)
    photo = upload()
    ingest.ingest_photo(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.error, photo.tries) == (Photo.State.REFUSED, "too-heavy", 1)
    assert DeadLetter.objects.get().error == "too-heavy"
    settings.DECODER_SECONDS = 60
    other = upload()
    ingest.ingest_photo(other.pk)
    other.refresh_from_db()
    assert other.state == Photo.State.READY
