"""What cameras and shops do to pictures."""

import cv2
import numpy as np
from dice import Colours, Dice, Plane, blurred, recoloured


def with_faults(picture: Colours, alpha: Plane, dice: Dice) -> tuple[Colours, Plane]:
    if dice.chance(0.5):
        picture, alpha = picture[:, ::-1], alpha[:, ::-1]
    if dice.chance(0.04):
        picture, alpha = picture[::-1], alpha[::-1]
    picture = in_other_light(np.ascontiguousarray(picture), dice)
    picture = less_sharp(picture.astype(np.float32), dice)
    if dice.chance(0.35):
        shape = picture.shape if dice.chance(0.6) else (*picture.shape[:2], 1)
        picture = picture + dice.many.normal(0, dice.between(0.005, 0.05), shape)
    picture = np.clip(picture, 0, 1)
    if dice.chance(0.5):
        quality = [cv2.IMWRITE_JPEG_QUALITY, dice.own.randint(30, 95)]
        _, coded = cv2.imencode(".jpg", (picture * 255).astype(np.uint8), quality)
        picture = cv2.imdecode(coded, cv2.IMREAD_COLOR) / 255
    return picture.astype(np.float32), np.ascontiguousarray(alpha, np.float32)


def in_other_light(picture: Colours, dice: Dice) -> Colours:
    if dice.chance(0.6):
        picture = picture * (1 + dice.many.uniform(-0.12, 0.12, 3).astype(np.float32))
    if dice.chance(0.5):
        picture = np.clip(picture, 0, 1) ** dice.between(0.65, 1.5)
    if dice.chance(0.3):
        picture = (picture - 0.5) * dice.between(0.6, 1.3) + 0.5 + dice.between(-0.1, 0.1)
    if dice.chance(0.15):
        picture = recoloured(picture.astype(np.float32), dice, 12, (0.5, 1.5))
    if dice.chance(0.04):
        picture = np.repeat(picture.mean(2, keepdims=True), 3, 2)
    return picture


def less_sharp(picture: Colours, dice: Dice) -> Colours:
    if dice.chance(0.25):
        picture = blurred(picture, dice.between(0.3, 1.6))
    elif dice.chance(0.2):
        picture = picture + dice.between(0.3, 1.2) * (picture - blurred(picture, 1.2))
    if dice.chance(0.2):
        share, size = dice.between(0.4, 0.9), picture.shape[1::-1]
        less = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        picture = cv2.resize(less, size)
    return picture
