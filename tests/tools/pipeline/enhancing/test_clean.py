import json

import cv2
import numpy as np

from tools.pipeline.enhancing import clean, measure, settings
from tools.pipeline.scoring.enhance import psnr


def test_a_photo_that_needs_nothing_is_left_alone():
    measured = {
        "noise_sigma": 0.3,
        "blur_radius": 0.4,
        "blockiness": 0.0,
        "jpeg_quality": None,
        "exposure": -0.1,
        "contrast": 0.97,
        "cast": [1.0, 1.0, 1.0],
    }
    picked = settings.choose_strengths(measured)
    assert all(picked[name] == 0 for name in settings.STEPS if name != "local_contrast")
    assert picked["local_contrast"] <= 0.25


def test_auto_says_what_it_found(scene, noisy):
    blurred = cv2.GaussianBlur(scene, (0, 0), 1.2)
    measured = measure.measure_defects(noisy(blurred, 10))
    picked = settings.choose_strengths(measured)
    said = {fact["step"]: fact["found"] for fact in picked["facts"]}
    assert picked["denoise"] > 0.8
    assert said["denoise"].startswith("noise sigma 1") or said["denoise"].startswith(
        "noise sigma 9"
    )
    json.dumps([measured, picked])


def test_the_worse_the_noise_the_less_is_sharpened():
    base = {
        "blur_radius": 1.5,
        "blockiness": 0.0,
        "jpeg_quality": None,
        "exposure": 0,
        "contrast": 0.9,
        "cast": [1, 1, 1],
    }
    strengths = [
        settings.choose_strengths({**base, "noise_sigma": s})["sharpen"] for s in (0, 10, 20, 40)
    ]
    assert strengths == sorted(strengths, reverse=True)


def test_cleaning_mends_noise_and_blur_together(scene, noisy):
    photo = noisy(cv2.GaussianBlur(scene, (0, 0), 1.3), 8)
    result = clean.clean_photo(photo, light=0, white_balance=0, local_contrast=0)
    assert psnr(scene, result["image"]) > psnr(scene, photo) + 1.5
    assert {fact["step"] for fact in result["facts"]} >= {"denoise"}


def test_all_strengths_at_zero_change_nothing(scene):
    result = clean.clean_photo(scene, **dict.fromkeys(settings.STEPS, 0.0))
    assert np.array_equal(result["image"], scene)
    assert result["facts"] == []


def test_print_stays_the_same_print(label, noisy):
    result = clean.clean_photo(noisy(label, 6))
    dark = label.mean(axis=2) < 130
    assert np.mean((result["image"].mean(axis=2) < 130) == dark) > 0.98


def test_alpha_is_carried_through(scene):
    photo = np.dstack([scene, np.arange(scene[..., 0].size, dtype=np.uint8).reshape(256, 320)])
    assert np.array_equal(clean.clean_photo(photo)["image"][..., 3], photo[..., 3])


def test_flat_and_clipped_photos_are_measured_without_error():
    for level in (0, 255):
        for size in ((8, 8), (200, 300)):
            measured = measure.measure_defects(np.full((*size, 3), level, np.uint8))
            assert measured["noise_sigma"] == 0
            assert measured["cast"] == [1, 1, 1]
