"""Ten wishes of a seller: what the hand does, how many clicks it may take, what the file must be.

Where a wish is about a result that is there already, its clicks are counted from there; the file is
then taken to be opened, which is not part of the wish.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.walks import truth
from tests.walks.truth import hold

CUT_OUT, SCENE, ENHANCE = "/remove-background/", "/add-background/", "/enhance-photo/"


@dataclass(frozen=True)
class Wish:
    name: str
    clicks: int
    path: str
    walk: Callable[..., str]  # (hand): does it, judges the file, says what was found


def first_result(hand, known):
    hand.gives(known.upload)
    hand.sees_result()
    hand.clicks = 0


def taken(hand):
    """The file, opened for the judge: no click of the wish."""
    clicks = hand.clicks
    data = hand.downloads()
    hand.clicks = clicks
    # The button may lie below: what was on the screen is there again.
    hand.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    return data


def transparent_png(hand):
    known = truth.sample()
    hand.gives(known.upload)
    hand.sees_result()
    return truth.is_cut_out(hand.downloads(), known.matte)


def white_jpeg(hand):
    known = truth.sample()
    hand.gives(known.upload)
    hand.sees_result()
    hand.taps('button[data-backdrop="white"]')
    return truth.is_on_white(hand.downloads(), known)


def amazon_file(hand):
    known = truth.sample()
    hand.gives(known.upload)
    hand.sees_result()
    return truth.is_for_amazon(hand.downloads())


def hole_mended(hand):
    known = truth.window()
    first_result(hand, known)
    before = truth.overlap(taken(hand), known.matte)
    hold(before < 0.97, f"nothing to mend: IoU {before:.3f} at once")
    hand.taps('[data-brush="toggle"]')
    hand.page.locator('[name="brush-size"]').fill("0.15")
    for y in (0.37, 0.51, 0.65):
        hand.strokes((0.39, y), (0.61, y))
    hand.taps(".go")
    hand.sees_result(2)
    hand.page.locator('[data-brush="away"]').evaluate("button => button.click()")
    said = truth.is_cut_out(taken(hand), known.matte, 0.97)
    return f"IoU {before:.3f}, then {said}"


def own_background(hand):
    first_result(hand, truth.sample())
    sees_price_of_a_tap(hand)
    hand.gives(truth.stripes(), ".own-tile input[type=file]")
    hand.sees_result(2)
    return truth.is_on_stripes(taken(hand))


def another_scene(hand):
    first_result(hand, truth.sample())
    first = taken(hand)
    sees_price_of_a_tap(hand)
    # Which one is shown already is not asked for.
    hand.taps("packshot-scene-picker li button[aria-pressed=false]")
    hand.sees_result(2)
    return truth.is_same_product_elsewhere(first, taken(hand))


def compare(hand):
    """While the picture is pressed it is the photo; before and after, the result whole."""
    known = truth.sample()
    first_result(hand, known)
    hand.page.wait_for_function("!document.querySelector('[data-split]')")
    hand.page.wait_for_timeout(700)
    shown = looked_at(hand)
    x, y = hand.on_picture(0.5, 0.5)
    hand.presses(x, y)
    hand.clicks += 1
    hand.page.wait_for_selector("packshot-compare[data-held]")
    held = looked_at(hand)
    hand.lifts()
    hand.page.wait_for_selector("packshot-compare:not([data-held])")
    after = looked_at(hand)
    photo = np.asarray(truth.opened(known.photo).convert("RGB").resize(held.shape[1::-1])).astype(
        int
    )
    off, between, back = (
        np.abs(a - b).mean() for a, b in ((held, photo), (held, shown), (shown, after))
    )
    hold(off < 8, f"while held {off:.1f} of 255 from the photo")
    hold(between > 8, f"the result looks like the photo: {between:.1f}")
    hold(back < 1, f"let go of, it is another picture: {back:.1f}")
    matte = truth.is_cut_out(taken(hand), known.matte)
    return f"held {off:.1f} from the photo, {matte}"


def second_tool(hand):
    known = truth.sample()
    first_result(hand, known)
    hand.taps('[data-tool="enhance-photo"]')
    hand.page.wait_for_selector(
        "form.sheet:has([name=tool][value=enhance-photo])", state="attached"
    )
    hand.taps(".go")
    hand.sees_result(2)
    return truth.is_cut_out(taken(hand), known.matte)


def free_for_the_hundredth(hand):
    known = truth.sample("bottle-on-paper")
    hand.gives(known.upload)
    hand.sees_result()
    return truth.is_cut_out(hand.downloads(), known.matte)


def sample_to_file(hand):
    hand.page.wait_for_selector("packshot-editor:defined")
    name = hand.page.locator("[data-sample]").first.get_attribute("data-sample")
    hand.taps("[data-sample]")
    hand.sees_result()
    return truth.is_cut_out(hand.downloads(), truth.matte_of(name), 0.97)


def sees_price_of_a_tap(hand):
    """What makes a picture at one tap says before what that costs, and is on the screen."""
    said = hand.page.locator("packshot-scene-picker .quote")
    said.get_by_text("free").wait_for()
    for seen in (said, hand.page.locator(".own-tile")):
        box, high = seen.bounding_box(), hand.page.viewport_size["height"]
        hold(box and 0 <= box["y"] < box["y"] + box["height"] <= high, "not on the screen")


def looked_at(hand):
    """The picture as it is seen on the page, without what is around it."""
    (left, top), (right, bottom) = hand.on_picture(0, 0), hand.on_picture(1, 1)
    clip = {"x": left + 2, "y": top + 2, "width": right - left - 4, "height": bottom - top - 4}
    return np.asarray(truth.opened(hand.page.screenshot(clip=clip)).convert("RGB")).astype(int)


WISHES = (
    Wish("transparent PNG", 2, CUT_OUT, transparent_png),
    Wish("white JPEG", 3, CUT_OUT, white_jpeg),
    Wish("Amazon file", 3, "/amazon-main-image/", amazon_file),
    Wish("hole mended by brush", 2, CUT_OUT, hole_mended),
    Wish("own background", 1, SCENE, own_background),
    Wish("another scene", 1, SCENE, another_scene),
    Wish("compare", 1, CUT_OUT, compare),
    Wish("second tool on the result", 2, CUT_OUT, second_tool),
    Wish("free try by the hundredth visitor of a network", 2, CUT_OUT, free_for_the_hundredth),
    Wish("sample to file", 2, CUT_OUT, sample_to_file),
)
