"""Every marketplace's file, opened and measured against a product that the test itself planted."""

import io

import numpy as np
import pytest
from PIL import Image

from tools.attempts import lifecycle
from tools.definition.marketplaces import BY_SLUG, MARKETPLACES
from tools.exports import files as exports
from tools.models import Attempt, Export
from tools.pipeline.scenes import registry as scenes
from tools.rendering import ingest
from tools.storage import files
from tools.web import serializers
from tools.workers import cpu

WIDE, HIGH = 480, 360
# The product: an L in a colour that is in no scene, (left, top, right, bottom) in the photo.
PRODUCT = (230, 20, 200)
BOX = (90, 70, 260, 320)
STEM = 80
TALL, BROAD = BOX[3] - BOX[1], BOX[2] - BOX[0]


def planted(box=BOX, ground=(226, 224, 218)):
    """The photo, and where its product is."""
    random = np.random.default_rng(11)
    photo = np.full((HIGH, WIDE, 3), ground) + random.normal(0, 1.5, (HIGH, WIDE, 3))
    left, top, right, bottom = box
    truth = np.zeros((HIGH, WIDE), bool)
    truth[top:bottom, left : left + STEM] = True
    truth[bottom - 90 : bottom, left:right] = True
    photo[truth] = PRODUCT + random.normal(0, 1.5, (int(truth.sum()), 3))
    return np.clip(photo, 0, 255).astype(np.uint8), truth


@pytest.fixture
def own_photo(upload, as_file):
    def own_photo(pixels, name="thing.png"):
        received = upload(as_file(pixels), name=name)
        ingest.ingest_photo(received.pk)
        received.refresh_from_db()
        return received

    return own_photo


@pytest.fixture
def attempt(own_photo):
    """An attempt of each kind at the planted photo."""

    def attempt(kind, photo=None):
        photo = photo or own_photo(planted()[0])
        if kind == "own picture":
            behind = np.zeros((200, 300, 3), np.uint8)
            behind[..., 1] = np.linspace(40, 200, 300)
            ground = own_photo(behind, "ground.png")
            size = {"width": ground.width, "height": ground.height}
            picture = {"digest": ground.digest, **size}
            tool, params = "add-background", {"background": "picture", "picture": picture}
        else:
            tool, params = {
                "cut-out": ("remove-background", {}),
                "colour": ("add-background", {"background": "colour", "colour": "#2255aa"}),
                "white": ("add-background", {"background": "colour", "shadow": "none"}),
                "scene": ("add-background", {"background": "scene", "scene": "studio-sage"}),
                "podium": ("add-background", {"background": "scene", "scene": "podium-steps"}),
                "enhanced": ("enhance-photo", {"auto": "", "light": 0.2}),
            }[kind]
        made = lifecycle.start_attempt(photo, tool, params)
        cpu.work_once()
        made.refresh_from_db()
        assert made.status == "done", made.error
        return Attempt.objects.get(pk=made.pk)

    return attempt


@pytest.fixture
def delivered():
    """What a visitor downloads, opened: the export, its bytes and its pixels."""

    def delivered(attempt, **wanted):
        export = exports.start_export(attempt, exports.parse_options(wanted))
        cpu.work_once()
        export = Export.objects.get(pk=export.pk)
        assert export.status == "done", export.error
        data = files.read_file(export.file)
        return export, data, np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))

    return delivered


def product_in(pixels):
    """Where the planted colour is: by arithmetic of its own, without alpha, mask or placement."""
    red, green, blue = (pixels[..., channel].astype(np.int16) for channel in range(3))
    return (red - green > 90) & (blue - green > 70) & (red > 130)


def bounds_of(found):
    rows, columns = np.flatnonzero(found.any(1)), np.flatnonzero(found.any(0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


def complaints(market, kind, export, data, pixels):
    """All in which the file, or what is said of it, is not what it should be."""
    high, wide = pixels.shape[:2]
    if (wide, high) != market.recommended:
        yield f"{wide} × {high} instead of {market.recommended}"
    found = product_in(pixels)
    left, top, right, bottom = bounds_of(found)
    scale = (right - left) / BROAD
    # Not stretched, and all of the L is there.
    if abs((bottom - top) / TALL / scale - 1) > 0.02:
        yield f"stretched: {right - left} × {bottom - top}"
    truth = planted()[1].sum() * scale**2
    if abs(found.sum() / truth - 1) > 0.03:
        yield f"{found.sum()} pixels of the product instead of {truth:.0f}"
    margins = (left / wide, top / high, 1 - right / wide, 1 - bottom / high)
    if min(margins) < 0.01:
        yield f"margins {margins}"
    fill = max((right - left) / wide, (bottom - top) / high)
    least, most = market.fill
    if (least and fill < least) or (most and fill > most):
        yield f"fills {fill}"
    if kind == "cut-out":
        if market.margin is not None and abs(min(margins) - market.margin) > 0.004:
            yield f"margin {min(margins)} instead of {market.margin}"
        if max(abs(margins[0] - margins[2]), abs(margins[1] - margins[3])) > 0.004:
            yield f"not in the middle: {margins}"
    yield from lies(market, export, data, pixels, found, scale, fill)


def lies(market, export, data, pixels, found, scale, fill):
    """The rows that say other than what is measured here."""
    said = {row["id"]: row for row in export.facts["preflight"]}
    high, wide = pixels.shape[:2]
    # White: nothing darker is farther from the product than a JPEG block and its soft edge.
    is_white = bool((pixels.min(2)[~grown(found, 12)] == 255).all())
    expected = {
        "white": is_white if market.white is not False else None,
        "file-size": len(data) <= market.most_bytes if market.most_bytes else None,
        "file-size-min": len(data) >= market.least_bytes if market.least_bytes else None,
        "file-type": Image.open(io.BytesIO(data)).format.lower() in market.types,
        "whole": True,
        "aspect": True if market.aspect else None,
        "size-recommended": True,
        "fill-min": True if market.fill[0] else None,
        "fill-max": True if market.fill[1] else None,
        "enlarged": False if scale > 1.02 else None,
    }
    for name, ok in expected.items():
        row = said.get(name)
        if (row["ok"] if row else None) is not ok:
            yield f"says {name} {row and row['ok']} where it is {ok}"
    if "fill-min" in said and abs(said["fill-min"]["measured"] - fill) > 0.02:
        yield f"says a fill of {said['fill-min']['measured']} where it is {fill}"
    if "enlarged" in said and abs(said["enlarged"]["measured"] - scale) > 0.03 * scale:
        yield f"says {said['enlarged']['measured']} times where it is {scale}"
    if export.bytes != len(data) or (export.facts["width"], export.facts["height"]) != (wide, high):
        yield "says another size of the file"


def grown(found, reach):
    """Every place within so many pixels, by running sums."""
    for axis in (0, 1):
        wide = np.pad(found, [(reach + 1, reach) if at == axis else (0, 0) for at in (0, 1)])
        sums = np.cumsum(wide, axis, dtype=np.int32)
        last = np.take(sums, np.arange(2 * reach + 1, sums.shape[axis]), axis)
        found = last > np.take(sums, np.arange(sums.shape[axis] - 2 * reach - 1), axis)
    return found


@pytest.mark.parametrize("kind", ["cut-out", "white", "colour", "scene", "own picture"])
def test_every_marketplaces_file_is_what_is_said_of_it(kind, attempt, delivered):
    made = attempt(kind)
    shown = serializers.serialize_attempt(made)["sizes"]
    wrong = []
    for market in MARKETPLACES:
        export, data, pixels = delivered(made, format="jpeg", market=market.slug)
        if shown[market.slug] != (pixels.shape[1], pixels.shape[0]):
            wrong.append((market.slug, "the button says another size"))
        found = complaints(market, kind, export, data, pixels)
        wrong += [(market.slug, complaint) for complaint in found]
        white = next((row for row in export.facts["preflight"] if row["id"] == "white"), None)
        if market.white and white["ok"] != (kind in {"cut-out", "white"}):
            wrong.append((market.slug, "white", white))
        if market.white and serializers.serialize_export(export)["offers_white"] == white["ok"]:
            wrong.append((market.slug, "white is not offered", white))
    assert wrong == []


def test_a_file_of_any_size_has_the_size_that_the_button_said(attempt, delivered):
    made = attempt("cut-out", None)
    shown = serializers.serialize_attempt(made)["sizes"]
    for side in ("", *exports.SIDES):
        _, _, pixels = delivered(made, format="png", side=str(side))
        assert shown[str(side)] == (pixels.shape[1], pixels.shape[0])


def test_white_instead_of_a_scene_is_the_product_alone(attempt, delivered):
    made = attempt("scene")
    export, _, pixels = delivered(made, format="jpeg", market="amazon", white="1")
    said = {row["id"]: row["ok"] for row in export.facts["preflight"]}
    assert said["white"]
    assert not serializers.serialize_export(export)["offers_white"]
    assert (pixels.min(2)[~grown(product_in(pixels), 12)] == 255).all()


@pytest.mark.parametrize("slug", [market.slug for market in MARKETPLACES if market.white])
def test_what_is_white_without_loss_is_white_in_the_jpeg_to_the_products_very_edge(
    slug, attempt, delivered
):
    made = attempt("cut-out")
    _, _, lossless = delivered(made, format="png", market=slug)
    export, data, pixels = delivered(made, format="jpeg", market=slug)
    assert Image.open(io.BytesIO(data)).format == "JPEG"
    paper = (lossless == 255).all(2)
    assert paper.mean() > 0.2
    assert (pixels[paper] == 255).all()
    white = next(row for row in export.facts["preflight"] if row["id"] == "white")
    assert (white["ok"], white["measured"]["count"]) == (True, 0)


def test_a_podium_carries_what_a_marketplace_asks_for_or_says_that_it_does_not(attempt, delivered):
    made = attempt("podium")
    for slug in ("google-merchant", "temu-clothing"):
        market = BY_SLUG[slug]
        export, data, pixels = delivered(made, format="jpeg", market=slug)
        assert list(complaints(market, "podium", export, data, pixels)) == []
    export, _, pixels = delivered(made, format="jpeg", market="amazon")
    left, _, right, _ = bounds_of(product_in(pixels))
    stage = scenes.find_scene("podium-steps").stage.width
    assert right - left <= 0.78 * stage * 2000 + 2
    said = {row["id"]: row["ok"] for row in export.facts["preflight"]}
    assert not said["fill-min"]
    assert serializers.serialize_export(export)["offers_white"]


def test_a_whole_photo_is_cut_to_shape_around_its_product(attempt, delivered):
    made = attempt("enhanced")
    for slug in ("etsy", "instagram-story"):
        _, _, pixels = delivered(made, format="jpeg", market=slug)
        left, top, right, bottom = bounds_of(product_in(pixels))
        assert (right - left) / BROAD == pytest.approx((bottom - top) / TALL, rel=0.03)
        # No bars: the photo's own ground is in every corner.
        assert all(pixels[y, x].min() > 190 for y in (3, -3) for x in (3, -3))


def test_what_comes_after_a_scene_knows_where_the_product_is(attempt, delivered):
    scene = attempt("scene")
    again = lifecycle.start_attempt(
        scene.photo, "enhance-photo", {"auto": "", "light": 0.1}, parent=scene
    )
    cpu.work_once()
    again.refresh_from_db()
    assert again.status == "done", again.error
    export, _, pixels = delivered(again, format="jpeg", market="tiktok-shop")
    left, top, right, bottom = bounds_of(product_in(pixels))
    said = {row["id"]: row for row in export.facts["preflight"]}
    fill = max(right - left, bottom - top) / 1200
    assert said["fill-min"]["measured"] == pytest.approx(fill, abs=0.02)
    assert said["whole"]["ok"]


@pytest.mark.parametrize("sure", [True, False])
def test_an_outline_that_is_in_doubt_is_said_beside_the_rules(sure, attempt, delivered):
    made = attempt("cut-out")
    made.facts = {**made.facts, "subject": {"outline": {"sure": sure, "confidence": 0.4}}}
    made.save(update_fields=["facts"])
    export, _, _ = delivered(made, format="jpeg", market="amazon")
    rows = serializers.serialize_export(export)["preflight"]
    said = [row for row in rows if row["id"] == "outline"]
    assert [row["severity"] for row in said] == ([] if sure else ["warn"])
    assert all("outline may be wrong" in row["words"] for row in said)
