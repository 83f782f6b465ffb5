"""Examples on public pages: what each shows is what our engine makes, and it is right."""

import io
import json

import cv2
import numpy as np
import pytest
from PIL import Image

from scripts.make_examples import LIMITS, SPECS
from seo.models import Example, Version
from seo.public import sitemaps
from seo.starter_pages import STARTER, pictures
from tests.walks import truth
from tools.definition import registry
from tools.storage import samples

# Of the product, so much stands in the result as it was in the photo; of the old ground, so little.
KEPT, LEFT = 0.97, 0.05
ALIKE, STILL_THERE = 24, 6
EDGE, NEAR = np.ones((5, 5), np.uint8), np.ones((7, 7), np.uint8)
HALF = 127

pytestmark = pytest.mark.django_db


def cutting():
    """The names of the examples that show something cut out."""
    return [
        name for name, (tool, *_) in SPECS.items() if "matte" in registry.get_tool(tool).kinds()
    ]


def served(client, name, side):
    answer = client.get(f"/examples/{name}/{side}.webp")
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as picture:
        return np.asarray(picture.convert("RGB"))


def judge(before, after, matte, scale):
    """What share of the product is in the result as it was, and what share of the old ground is
    there still, where the photo lies best on it; by the mattes, not by what the site says.
    """
    size = round(before.shape[1] * scale), round(before.shape[0] * scale)
    photo, product = (
        cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in (before, matte)
    )
    inside = (product > HALF).astype(np.uint8)
    core, around = cv2.erode(inside, EDGE), cv2.dilate(inside, NEAR) == 0
    rows, columns = (np.flatnonzero(core.any(axis=axis)) for axis in (1, 0))
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    wide = cv2.copyMakeBorder(after, *[max(size)] * 4, cv2.BORDER_CONSTANT, value=(255, 0, 255))
    mask = np.repeat(core[box][..., None], 3, axis=2).astype(np.float32)
    pixels = np.ascontiguousarray(photo[box], np.float32)
    middle = slice(max(size) - 20, max(size) + max(after.shape) + 20)
    found = cv2.matchTemplate(
        wide[middle, middle].astype(np.float32), pixels, cv2.TM_SQDIFF, mask=mask
    )
    x, y = cv2.minMaxLoc(found)[2]
    top, left = y + middle.start - rows[0], x + middle.start - columns[0]
    there = wide[top : top + size[1], left : left + size[0]].astype(np.int16)
    apart = np.abs(there - photo).max(axis=2)
    return (apart[core > 0] <= ALIKE).mean(), (apart[around] <= STILL_THERE).mean()


def judge_example(client, name):
    sample = samples.get_sample(SPECS[name][1])
    before, after = (served(client, name, side) for side in ("before", "after"))
    figures = Example.objects.get(name=name).figures
    scale = figures["scale"] * (after.shape[1] / figures["width"])
    scale /= before.shape[1] / sample.width
    with Image.fromarray(truth.matte_of(sample.name)) as matte:
        fitted = np.asarray(matte.resize(before.shape[1::-1], Image.Resampling.BOX))
    return judge(before, after, fitted, scale)


def test_every_example_that_cuts_out_keeps_the_product_and_nothing_else(client):
    pictures(STARTER / "examples")
    for name in cutting():
        if name in LIMITS:
            continue
        kept, left = judge_example(client, name)
        assert kept >= KEPT, (name, kept)
        assert left <= LEFT, (name, left)


def test_the_example_of_a_limit_really_goes_wrong(client):
    pictures(STARTER / "examples")
    for name in LIMITS:
        kept, left = judge_example(client, name)
        assert kept < KEPT or left > LEFT, (name, kept, left)


def test_every_example_is_made_of_a_sample_and_by_the_engine_that_we_ship():
    pictures(STARTER / "examples")
    rows = {row.name: row for row in Example.objects.all()}
    assert set(rows) == set(SPECS)
    for name, (tool, sample, preset, _) in SPECS.items():
        assert (rows[name].tool, rows[name].engines) == (tool, {}), name
        assert rows[name].preset.keys() == preset.keys(), name
        if name in cutting():
            assert "strokes" not in preset, name
            assert samples.get_sample(sample).cut != (name in LIMITS), name


def test_a_limit_is_shown_once_beside_the_limits_and_nowhere_as_a_success(client, write):
    pictures(STARTER / "examples")
    limit = {"name": "limit-glass", "alt": "a glass", "caption": "Glass fails", "limit": True}
    good = {"name": "cut-speckled-mug", "alt": "a cap", "caption": "A cap"}
    version = write("cut-mugs", examples=[limit, good], limits=["Glass is hard."])
    page = client.get("/cut-mugs/").content.decode()
    success, limits = page.split("Limits and privacy")
    assert "/examples/cut-speckled-mug/after.webp" in success
    assert "limit-glass" not in success
    assert limits.count("/examples/limit-glass/after.webp") == 1
    assert "Glass fails" in limits
    # No figure praises it.
    assert "No pixel repainted" not in limits
    part = f"/sitemap-{version.page_id // sitemaps.A_PART}.xml"
    listed = client.get(part).content.decode()
    assert "cut-speckled-mug/after.webp" in listed
    assert "limit-glass" not in listed


def test_the_page_that_removes_backgrounds_shows_a_limit_in_every_language():
    for words in sorted(STARTER.glob("*/remove-background.json")):
        rows = json.loads(words.read_text(encoding="utf-8"))["examples"]
        limits = [row["name"] for row in rows if row.get("limit")]
        assert limits == sorted(LIMITS), words
        assert Version._meta.get_field("examples").clean(rows, None) == rows
