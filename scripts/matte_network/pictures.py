"""Pictures without end, each with its true alpha: composed, and photographs that a hand looked at.

A folder of data holds sprites/KIND/NAME.webp (RGBA), backgrounds/KIND/NAME.jpg and
photos/KIND/NAME.jpg with NAME.png (a mask).
"""

import csv
from pathlib import Path

import cv2
import numpy as np
import torch
from assembled import Assembled
from backgrounds import DARK, PALE, Backgrounds
from dice import Colours, Dice, Plane, blurred, opened, over, thrown
from faults import with_faults
from subjects import Sprite, Subjects
from torch.utils.data import Dataset

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
# What was seen of each photograph's mask: right, wrong, or right and held back to measure by.
LOOKED = Path(__file__).with_name("looked.csv")
RIGHT, HELD = "right", "held"
# A mask that nobody found right is the classical engine's opinion.
OPINION = 0.2
# To compose a picture takes as long as to learn from it: of so many the composition is one of the
# last few again, with other faults and another part of it.
AGAIN, LAST_FEW = 0.4, 64
# Of so many subjects the parts are put together by us.
ASSEMBLED = 0.3
# Of so many composed pictures none has a subject.
EMPTY = 0.03
PALE_SHARE, DARK_SHARE = 0.06, 0.04


class Pictures(Dataset):
    """(picture, alpha, how much it counts); the same for the same seed, asked for one by one."""

    def __init__(
        self, folder: Path, side: int, *, seed: str, photos: float, doubtful: bool
    ) -> None:
        self.side, self.seed, self.share = side, seed, photos
        self.composed_last: list[tuple[Colours, Plane]] = []
        with LOOKED.open(encoding="utf-8") as file:
            verdicts = {row["name"]: row["verdict"] for row in csv.DictReader(file)}
        self.right = {name for name, verdict in verdicts.items() if verdict == RIGHT}
        self.backs = Backgrounds(folder / "backgrounds", side)
        self.subjects = Subjects(
            folder / "sprites", self.backs, unfit=verdicts.keys() - self.right, doubtful=doubtful
        )
        self.assembled = Assembled(self.subjects, self.backs)
        self.photos = [
            path
            for path in sorted((folder / "photos").glob("*/*.jpg"))
            if verdicts.get(path.stem) != HELD
        ]

    def __len__(self) -> int:
        return 10**7

    def __getitem__(self, number: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        dice, counts = thrown(f"{self.seed}-{number}"), 1.0
        if dice.chance(self.share):
            picture, alpha, counts = self.photograph(dice)
        else:
            picture, alpha = self.composed_or_again(dice)
        picture, alpha = with_faults(picture, alpha, dice)
        planes = ((picture - MEAN) / DEVIATION).transpose(2, 0, 1)
        return torch.from_numpy(planes.copy()), torch.from_numpy(alpha[None]), torch.tensor(counts)

    def photograph(self, dice: Dice) -> tuple[Colours, Plane, float]:
        path = dice.own.choice(self.photos)
        picture = opened(path)
        mask = cv2.imread(str(path.with_suffix(".png")), cv2.IMREAD_GRAYSCALE)
        alpha = mask.astype(np.float32) / 255
        if dice.chance(0.6) and (alpha > 0.5).any():
            rows, columns = part_of(alpha, dice)
            picture, alpha = picture[rows, columns], alpha[rows, columns]
        size = self.side, self.side
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        counts = 1.0 if path.stem in self.right else OPINION
        return small, cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), counts

    def composed_or_again(self, dice: Dice) -> tuple[Colours, Plane]:
        if len(self.composed_last) < LAST_FEW or not dice.chance(AGAIN):
            made = self.composed(dice)
            self.composed_last = [*self.composed_last[1 - LAST_FEW :], made]
            return made
        picture, alpha = dice.own.choice(self.composed_last)
        large = dice.own.randint(round(0.8 * self.side), self.side)
        y, x = (dice.own.randint(0, self.side - large) for _ in range(2))
        part, size = np.s_[y : y + large, x : x + large], (self.side, self.side)
        return cv2.resize(picture[part], size), cv2.resize(alpha[part], size)

    def composed(self, dice: Dice) -> tuple[Colours, Plane]:
        picture = self.backs.any(dice)
        if dice.chance(0.35):
            picture = self.with_others(picture, dice)
        alpha = np.zeros((self.side, self.side), np.float32)
        if dice.chance(EMPTY):
            return picture, alpha
        kind = dice.own.random()
        tone = PALE if kind < PALE_SHARE else DARK if kind < PALE_SHARE + DARK_SHARE else ""
        if tone:
            picture = self.backs.level(dice, tone)
        count = dice.own.choices((1, 2, 3), (0.84, 0.11, 0.05))[0]
        for number in range(count):
            sprite = self.put(dice, number, count)
            picture, share = self.drawn(picture, sprite, dice, tone, alone=count == 1)
            alpha = np.maximum(alpha, share)
        if count == 1 and float(alpha.mean()) < 0.02:
            return self.composed(dice)
        return picture.astype(np.float32), alpha

    def with_others(self, picture: Colours, dice: Dice) -> Colours:
        """Things that are not meant: small, at the rim, mostly out of focus."""
        for _ in range(dice.own.randint(1, 4)):
            along = dice.own.random()
            middle = dice.own.choice(
                (
                    (dice.between(-0.05, 0.12), along),
                    (dice.between(0.88, 1.05), along),
                    (along, dice.between(-0.02, 0.12)),
                )
            )
            sprite = self.subjects.sprite(dice)
            other = self.subjects.placed(sprite, dice, dice.between(0.1, 0.4), middle)
            sigma = dice.between(0.6, 3) if dice.chance(0.7) else 0
            share = blurred(other.alpha, sigma) if sigma else other.alpha
            colours = blurred(other.colours, sigma) if sigma else other.colours
            picture = over(picture, colours, share)
        return picture

    def put(self, dice: Dice, number: int, count: int) -> Sprite:
        """One subject of `count`: alone anywhere, also over the edge; several side by side."""
        if count > 1:
            x = (number + 0.5 + dice.between(-0.2, 0.2)) / count
            share, middle = dice.between(0.25, 0.6), (x, dice.between(0.4, 0.65))
        else:
            share = dice.own.triangular(0.22, 1.25, 0.65)
            aside = 0.15 if dice.chance(0.25) else 0
            off = max(0.03, 0.5 - share * 0.5 + aside)
            middle = 0.5 + dice.between(-off, off) * 0.8, 0.52 + dice.between(-off, off) * 0.7
        kinds = self.assembled.any if dice.chance(ASSEMBLED) else self.subjects.sprite
        return self.subjects.placed(kinds(dice), dice, share, middle)

    def drawn(
        self, picture: Colours, sprite: Sprite, dice: Dice, tone: str, *, alone: bool
    ) -> tuple[Colours, Plane]:
        if dice.chance(0.4):
            sprite = self.subjects.lit(sprite, picture, dice)
        if tone and dice.chance(0.8):
            sprite = self.subjects.toned(sprite, dice, tone)
        alpha = sprite.alpha
        if dice.chance(0.35):
            alpha = np.clip((alpha - 0.25) / 0.7, 0, 1)
        if dice.chance(0.4):
            alpha = blurred(alpha, dice.between(0.4, 1.2))
        sprite = Sprite(sprite.colours, alpha)
        if alone and dice.chance(0.15):
            picture = self.subjects.stand(picture, alpha, dice)
        if dice.chance(0.8):
            picture = self.subjects.shadow(picture, sprite, dice)
        return over(picture, sprite.colours, alpha), alpha


def part_of(alpha: Plane, dice: Dice) -> tuple[slice, slice]:
    """A part of a photograph that keeps most of its subject, and may cut it by the frame."""
    height, width = alpha.shape
    ys, xs = np.where(alpha > 0.5)
    near = dice.between(-0.08, 0.6)
    inward = 0.06 if near < 0 else 0
    if near > 0:
        top = dice.between(0, max(0, ys.min() * (1 - near)))
    else:
        top = dice.between(0, ys.min() + 0.08 * height)
    left = dice.between(0, xs.min() + inward * width)
    bottom = dice.between(ys.max() - inward * height, height)
    right = dice.between(xs.max() - inward * width, width)
    if bottom - top <= 0.35 * height or right - left <= 0.35 * width:
        return slice(None), slice(None)
    return slice(int(top), int(bottom)), slice(int(left), int(right))
