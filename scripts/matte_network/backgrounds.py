"""What stands behind, and what lies in the way: none of it is the subject."""

import math
from pathlib import Path

import cv2
import numpy as np
from dice import Colours, Dice, Plane, blurred, clouds, opened, over, recoloured, shrunk

PLACES = ("clothing", "grocery", "rooms", "grocery", "rooms", "wide", "wide")
SURFACES = ("grocery", "rooms", "clothing")
PALE, DARK = "pale", "dark"


class Backgrounds:
    """Squares of `side` pixels from a folder of folders of photographs, and from nothing."""

    def __init__(self, folder: Path, side: int) -> None:
        self.files = {each.name: sorted(each.glob("*.jpg")) for each in sorted(folder.iterdir())}
        self.side = side

    def any(self, dice: Dice) -> Colours:
        kind = dice.own.random()
        if kind < 0.5:
            back = self.part_of(dice, PLACES)
            if dice.chance(0.35):
                back = blurred(back, dice.between(1, 6))
        elif kind < 0.72:
            back = self.floor_and_wall(dice)
        elif kind < 0.82:
            back = self.tiles(dice)
        else:
            back = self.plain(dice)
        if dice.chance(0.4):
            back = self.with_cards(back, dice)
        if dice.chance(0.06):
            back = self.in_a_tent(back, dice)
        if dice.chance(0.5):
            back = back * (1 + dice.between(0, 0.5) * clouds(self.side, dice, 2)[..., None])
        return np.clip(back, 0, 1).astype(np.float32)

    def level(self, dice: Dice, tone: str) -> Colours:
        """Nearly white, or nearly black: for a subject that is so itself."""
        back = self.plain(dice)
        if tone == PALE:
            return 1 - (1 - back) * dice.between(0.05, 0.35)
        return back * dice.between(0.05, 0.4)

    def part_of(self, dice: Dice, kinds: tuple[str, ...]) -> Colours:
        """A piece of a photograph of one of those kinds."""
        there = [kind for kind in kinds if self.files.get(kind)]
        picture = opened(dice.own.choice(self.files[dice.own.choice(there)]))
        height, width = picture.shape[:2]
        share = dice.between(0.35, 1)
        tall, wide = int(height * share), int(width * min(1, share * dice.between(0.8, 1.25)))
        y, x = dice.own.randint(0, height - tall), dice.own.randint(0, width - wide)
        piece = shrunk(picture[y : y + tall, x : x + wide], self.side)
        return np.ascontiguousarray(piece[:, ::-1]) if dice.chance(0.5) else piece

    def plain(self, dice: Dice) -> Colours:
        """One colour that runs into another, with a little grain."""
        grey = [dice.between(0.1, 1)] * 3
        one = np.array(grey if dice.chance(0.5) else [dice.own.random() for _ in range(3)])
        if dice.chance(0.3):
            one = np.array([dice.between(0.88, 1)] * 3)
        other = np.clip(one * dice.between(0.5, 1.1) + dice.many.normal(0, 0.04, 3), 0, 1)
        y, x = np.mgrid[0 : self.side, 0 : self.side].astype(np.float32) / self.side - 0.5
        turn = dice.between(0, math.tau)
        along = (math.cos(turn) * x + math.sin(turn) * y) * dice.between(0.3, 1.6)
        share = np.clip(0.5 + along, 0, 1)[..., None]
        grain = dice.between(0, 0.06) * clouds(self.side, dice)[..., None]
        return np.clip(one * (1 - share) + other * share + grain, 0, 1).astype(np.float32)

    def tiles(self, dice: Dice) -> Colours:
        """A texture, repeated and turned."""
        if dice.chance(0.6) and self.files.get("textures"):
            texture = opened(dice.own.choice(self.files["textures"]))
        else:
            texture = self.part_of(dice, SURFACES)
        texture = recoloured(texture, dice, 40, (0.2, 1.3)) * dice.between(0.6, 1.2)
        times, side = dice.own.randint(1, 4), self.side
        tiled = np.tile(shrunk(texture, max(8, side // times)), (times + 1, times + 1, 1))
        middle = side / 2, side / 2
        turned = cv2.getRotationMatrix2D(middle, dice.between(0, 360), dice.between(1.45, 2))
        drawn = cv2.warpAffine(tiled, turned, (side, side), borderMode=cv2.BORDER_REFLECT)
        return np.clip(drawn, 0, 1)

    def floor_and_wall(self, dice: Dice) -> Colours:
        side = self.side
        edge = int(side * dice.between(0.2, 0.7))
        wall = self.surface(dice, plain=0.6)
        if dice.chance(0.5):
            wall = blurred(wall, dice.between(0.5, 5))
        floor = self.plain(dice) if dice.chance(0.3) else self.tiles(dice)
        lean = dice.between(0.1, 0.45) * side
        square = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
        seen = np.array(
            [[-lean, edge], [side + lean, edge], [side * 2, side], [-side, side]], np.float32
        )
        flat = cv2.getPerspectiveTransform(square, seen)
        floor = cv2.warpPerspective(floor, flat, (side, side), borderMode=cv2.BORDER_REFLECT)
        down = np.arange(side, dtype=np.float32)
        share = np.clip((down - edge) / max(1, dice.between(1, 0.1 * side)) + 0.5, 0, 1)
        shade = dice.between(0.6, 1.1) + down[:, None, None] / side * dice.between(-0.3, 0.5)
        whole = np.repeat(share[:, None], side, 1)
        return np.clip(over(wall, floor * shade, whole), 0, 1).astype(np.float32)

    def surface(self, dice: Dice, *, plain: float) -> Colours:
        if dice.chance(plain):
            return self.plain(dice)
        return self.tiles(dice) if dice.chance(0.5) else self.part_of(dice, SURFACES)

    def with_cards(self, back: Colours, dice: Dice) -> Colours:
        """Edges that are no subject: walls, shelves, windows, screens, kerbs, sheets of paper."""
        for _ in range(dice.own.choice((1, 1, 2, 3, 5))):
            corners = self.band(dice) if dice.chance(0.4) else self.sheet(dice)
            share = np.zeros((self.side, self.side), np.float32)
            if dice.chance(0.12):
                self.rounded(share, corners)
            else:
                cv2.fillPoly(share, [corners.astype(np.int32)], 1.0)
            if dice.chance(0.5):
                share = blurred(share, dice.between(0.4, 5))
            strength = dice.own.choice((1.0, dice.between(0.5, 1)))
            back = over(back, self.surface(dice, plain=0.55), share * strength)
        return back

    def rounded(self, share: Plane, corners: Plane) -> None:
        middle = int(corners[:, 0].mean()), int(corners[:, 1].mean())
        spans = (int(np.ptp(corners[:, axis]) / 2) % (2 * self.side) + 1 for axis in (0, 1))
        cv2.ellipse(share, middle, tuple(spans), 0, 0, 360, 1.0, -1)

    def band(self, dice: Dice) -> Plane:
        """The corners of a strip right across."""
        turn, half = dice.between(0, math.tau), dice.between(0.02, 0.25) * self.side
        through = np.array([dice.between(0, self.side), dice.between(0, self.side)])
        along = 2 * self.side * np.array([math.cos(turn), math.sin(turn)])
        beside = half * np.array([-math.sin(turn), math.cos(turn)])
        corners = (-along - beside, along - beside, along + beside, -along + beside)
        return np.array([through + corner for corner in corners])

    def sheet(self, dice: Dice) -> Plane:
        """The corners of a card that stands in the picture, or runs out of it."""
        middle = np.array([dice.own.choice((0, 1, dice.own.random())) for _ in range(2)])
        turn = dice.own.choice((0.0, dice.between(-0.4, 0.4), dice.between(0, math.pi)))
        half = np.array([dice.between(0.1, 0.7), dice.between(0.1, 0.7)]) * self.side
        turned = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
        bent = corners @ turned.T * dice.many.uniform(0.6, 1.1, (4, 2))
        return middle * self.side + bent

    def in_a_tent(self, back: Colours, dice: Dice) -> Colours:
        """A light box: bright within, dark around."""
        y, x = np.mgrid[-1 : 1 : self.side * 1j, -1 : 1 : self.side * 1j].astype(np.float32)
        power, wide = dice.own.choice((2, 4, 8)), dice.between(0.6, 1.1)
        tall = wide * dice.between(0.8, 1.2)
        high = np.abs((y - dice.between(-0.2, 0.2)) / tall) ** power
        far = (np.abs(x / wide) ** power + high) ** (1 / power)
        inside = 1 / (1 + np.exp((far - 1) * dice.between(6, 60)))
        outer = back * dice.between(0.05, 0.4)
        return over(outer, 0.4 * back + dice.between(0.35, 0.6), inside)
