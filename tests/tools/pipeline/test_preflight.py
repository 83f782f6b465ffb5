import cv2
import numpy as np
import pytest

from tools.definition.marketplaces import BY_SLUG
from tools.pipeline import preflight

AMAZON = BY_SLUG["amazon"].facts()


def packshot(side=1200, fill=0.9):
    picture = np.full((side, side, 3), 255, np.uint8)
    inset = round(side * (1 - fill) / 2)
    picture[inset : side - inset, side // 3 : side * 2 // 3] = (30, 60, 90)
    return picture


def verdict(picture, name, market=AMAZON, **more):
    rows = preflight.check_market_rules(picture, market=market, **more)
    return next(row for row in rows if row["id"] == name)


def test_a_good_packshot_passes():
    picture = packshot(2000)
    rows = preflight.check_market_rules(
        picture, market=AMAZON, encoded_bytes=900_000, file_type="jpg"
    )
    assert [row["id"] for row in rows if not row["ok"]] == []


def test_one_grey_pixel_is_found_and_shown():
    picture = packshot()
    picture[10, 20] = (255, 254, 255)
    row = verdict(picture, "white")
    assert not row["ok"]
    assert row["measured"]["count"] == 1
    assert row["measured"]["darkest"] == 254
    assert row["measured"]["box"] == pytest.approx([20 / 1200, 10 / 1200, 21 / 1200, 11 / 1200])
    assert row["severity"] == "fail"


def test_a_product_too_small_in_the_frame_fails():
    row = verdict(packshot(fill=0.6), "fill-min")
    assert not row["ok"]
    assert row["measured"] == pytest.approx(0.6, abs=0.01)


def test_a_product_that_touches_the_edge_may_be_cut_off():
    picture = packshot()
    picture[:200, 500:600] = 0
    row = verdict(picture, "whole")
    assert not row["ok"]
    assert row["measured"] == ["top"]


def test_an_empty_picture_has_no_product():
    assert not verdict(np.full((1200, 1200, 3), 255, np.uint8), "whole")["ok"]


def test_a_small_picture_fails_and_a_large_one_passes():
    assert not verdict(packshot(600), "size-min-side")["ok"]
    assert verdict(packshot(1000), "size-min-side")["ok"]


def test_shape_is_checked_to_the_pixel():
    feed = BY_SLUG["instagram-feed"].facts()
    assert verdict(np.zeros((1350, 1080, 3), np.uint8), "aspect", feed)["ok"]
    assert not verdict(np.zeros((1340, 1080, 3), np.uint8), "aspect", feed)["ok"]


def test_the_file_is_checked_too():
    shop = BY_SLUG["tiktok-shop"].facts()
    assert not verdict(packshot(), "file-type", shop, file_type="webp")["ok"]
    assert not verdict(packshot(), "file-size", shop, encoded_bytes=6_000_000)["ok"]
    taobao = BY_SLUG["taobao"].facts()
    assert not verdict(packshot(800), "file-size-min", taobao, encoded_bytes=20_000)["ok"]


def test_what_nobody_publishes_is_not_checked():
    names = {
        row["id"]
        for row in preflight.check_market_rules(packshot(), market=BY_SLUG["shopee"].facts())
    }
    assert "fill-min" not in names
    assert "size-min" not in names


def test_a_third_party_s_word_only_warns():
    row = verdict(packshot(300), "size-min", BY_SLUG["tiktok-shop"].facts())
    assert not row["ok"]
    assert row["severity"] == "warn"


def test_writing_beside_the_product_is_suspected():
    picture = packshot()
    cv2.putText(picture, "SALE -50%", (60, 1150), cv2.FONT_HERSHEY_SIMPLEX, 2, (200, 0, 0), 5)
    row = verdict(picture, "text", alpha_box=(0.33, 0.05, 0.67, 0.95))
    assert not row["ok"]
    assert row["severity"] == "warn"
    assert row["measured"]["boxes"][0][1] > 0.8


def test_writing_on_the_product_is_its_own():
    picture = packshot()
    cv2.putText(picture, "BRAND", (430, 600), cv2.FONT_HERSHEY_SIMPLEX, 2, (255, 255, 255), 5)
    assert verdict(picture, "text", alpha_box=(0.33, 0.05, 0.67, 0.95))["ok"]


def test_a_soft_edge_belongs_to_the_product(bottle):
    _, alpha = bottle(width=1000, height=1250, fill=0.95)
    picture = np.full((1250, 1000, 3), 255, np.uint8)
    picture[alpha > 0] = 120
    assert verdict(picture, "white", mask=alpha)["ok"]
