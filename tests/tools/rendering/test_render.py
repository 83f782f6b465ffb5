import io

import numpy as np
import pytest
from PIL import Image

from tools.attempts import lifecycle
from tools.exports import files as exports
from tools.models import Attempt, Export
from tools.pipeline.pixels import Rgba
from tools.queue import leases
from tools.rendering import render
from tools.storage import files

CLEAR = Rgba(np.zeros((40, 80, 4), np.uint8))


@pytest.fixture
def attempt(photo):
    lifecycle.start_attempt(photo, "remove-background", {})
    return leases.claim_job(Attempt.objects.all())


def picture(name):
    return Image.open(io.BytesIO(files.read_file(name)))


def test_a_result_comes_with_its_picture_its_proof_and_its_size(attempt):
    render.make_result(attempt)
    row = Attempt.objects.get()
    assert (row.status, row.width, row.height) == ("done", 160, 160)
    assert picture(row.preview).size == (160, 160)
    assert row.fidelity["identical"] == 1
    assert picture(files.attempt_map_path(row.pk)).size[0] > 0


def test_a_result_that_changed_the_product_is_not_delivered(attempt, monkeypatch):
    monkeypatch.setattr(render, "proved", lambda *_: {"kept": False, "identical": 0.2})
    render.make_result(attempt)
    row = Attempt.objects.get()
    assert (row.status, row.error, row.preview) == ("failed", "not-obedient", "")
    assert row.error_facts["identical"] == 0.2
    assert not files.file_exists(files.attempt_preview_path(row.pk))


def test_an_attempt_at_a_photo_that_is_none_fails_with_the_photos_word(upload, mug, as_file):
    whole = as_file(mug, "JPEG")
    received = upload(whole[: len(whole) // 2], name="mug.jpg")
    lifecycle.start_attempt(received, "remove-background", {})
    render.make_result(leases.claim_job(Attempt.objects.all()))
    assert Attempt.objects.get().error == "truncated"


def test_a_file_is_at_full_size_and_says_what_it_measures(attempt):
    render.make_result(attempt)
    attempt.refresh_from_db()
    exports.start_export(attempt, exports.parse_options({"format": "jpeg", "side": "80"}))
    render.make_file(leases.claim_job(Export.objects.all()))
    export = Export.objects.get()
    made = picture(export.file)
    assert (made.format, made.size) == ("JPEG", (80, 80))
    assert (export.facts["width"], export.facts["height"]) == (80, 80)
    assert export.bytes == len(files.read_file(export.file))


@pytest.mark.parametrize(
    ("options", "kind", "size", "corner"),
    [
        ({"format": "png"}, "PNG", (80, 40), (0, 0, 0, 0)),
        ({"format": "webp", "side": 40}, "WEBP", (40, 20), (0, 0, 0, 0)),
        ({"format": "png", "colour": "#ff0000"}, "PNG", (80, 40), (255, 0, 0)),
    ],
)
def test_a_file_is_what_its_options_describe(options, kind, size, corner):
    with Image.open(io.BytesIO(render.encoded(CLEAR, options, 90))) as made:
        assert (made.format, made.size) == (kind, size)
        assert made.getpixel((0, 0))[: len(corner)] == corner


def test_nothing_waits_for_a_device_where_none_is_needed(attempt):
    assert render.find_device_step(attempt) is None
