"""Samples of public pages: every one that a page offers comes out right, by the engine we ship."""

import io
import re

import cv2
import numpy as np
import pytest
from PIL import Image

from seo.models import Intent
from seo.starter_pages import STARTER, load_pages
from tests.walks import truth
from tools.definition import registry
from tools.rendering import ingest
from tools.storage import samples
from tools.workers import cpu

RIGHT = 0.97
HALF = 127
CLUTTERED, PHOTOGRAPHS, OFFERED = 1, 2, 3


@pytest.fixture
def offered(browser, tmp_path):
    """The names of the samples on each public page in English whose tool cuts out; the other
    languages' pages have the intent's, too.
    """
    for name in ("intents.json", "en"):
        (tmp_path / name).symlink_to(STARTER / name)
    load_pages(tmp_path)
    found = {}
    for intent in Intent.objects.all():
        if "matte" not in registry.get_tool(intent.tool).kinds():
            continue
        page = browser.get(f"/{intent.slug}/").content.decode()
        found[intent.slug] = re.findall(r'data-sample="([^"]+)"', page)
    return found


def served(browser, says, name):
    """The bytes that the page shows as the result of a sample's cut-out."""
    photo = says(browser.post("/photos/", {"sample": name}))
    ingest.ingest_photo(photo["id"])
    asked = browser.post("/attempts/", {"tool": "remove-background", "photo": photo["id"]})
    assert asked.status_code == 201
    cpu.work_once()
    attempt = says(browser.get(says(asked)["url"]))
    answer = browser.get(attempt["preview"])
    return b"".join(answer.streaming_content)


def compare(data, matte):
    """Intersection over union of the picture's alpha and the matte, in the picture's size."""
    with Image.open(io.BytesIO(data)) as picture:
        alpha = np.asarray(picture.convert("RGBA"))[..., 3] > HALF
        wanted = Image.fromarray(matte).resize(picture.size, Image.Resampling.BOX)
    product = np.asarray(wanted) > HALF
    return (alpha & product).sum() / (alpha | product).sum(), alpha, product


@pytest.mark.django_db
def test_every_sample_that_a_page_offers_to_cut_out_is_cut_out_right(offered, browser, says):
    assert {"remove-background", "add-background", "amazon-main-image"} <= set(offered)
    named = {name for names in offered.values() for name in names}
    scores, holes = {}, set()
    for name in sorted(named):
        scores[name], alpha, product = compare(served(browser, says, name), truth.matte_of(name))
        assert count_holes(alpha) == count_holes(product), name
        holes |= {name} if count_holes(product) else set()
    assert all(score >= RIGHT for score in scores.values()), scores
    assert holes & set(offered["remove-background"])


@pytest.mark.django_db
def test_each_page_offers_samples_of_many_kinds(offered):
    there = samples.load_samples()
    for slug, names in offered.items():
        assert len(set(names)) == len(names) >= OFFERED, slug
        shown = [there[name] for name in names]
        assert sum(sample.set == "cluttered" for sample in shown) >= CLUTTERED - 1, slug
    shown = [there[name] for name in offered["remove-background"]]
    assert sum(sample.set == "cluttered" for sample in shown) >= CLUTTERED
    assert sum(bool(sample.source) for sample in shown) >= PHOTOGRAPHS


def count_holes(mask):
    """How many grounds the mask encloses that are more than specks."""
    _, _, stats, _ = cv2.connectedComponentsWithStats((~mask).astype(np.uint8), connectivity=4)
    return sum(row[cv2.CC_STAT_AREA] > mask.size / 2000 for row in stats[1:]) - 1
