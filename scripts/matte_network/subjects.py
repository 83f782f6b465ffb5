"""The things that are meant: sprites with alpha, dressed, put into a picture, lit and shadowed."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from backgrounds import PALE, Backgrounds
from dice import Colours, Dice, Plane, blurred, over, recoloured

# Whose own origin its publishers do not state: nothing that is shipped learns from it.
DOUBTFUL = frozenset({"generated"})
# Drawn smooth, as photographs are not.
DRAWN = "emoji"
# A sprite with fewer pixels than this is a speck.
SPECK = 60


@dataclass(frozen=True)
class Sprite:
    colours: Colours
    alpha: Plane


class Subjects:
    """Sprites from a folder of folders, `side` the size of the pictures they are put into."""

    def __init__(
        self,
        folder: Path,
        backs: Backgrounds,
        *,
        unfit: Collection[str] = (),
        doubtful: bool = False,
    ) -> None:
        self.backs, self.side = backs, backs.side
        self.files = {
            each.name: [file for file in sorted(each.glob("*.webp")) if file.stem not in unfit]
            for each in sorted(folder.iterdir())
            if doubtful or each.name not in DOUBTFUL
        }
        # Of each kind a share like the root of its number; of the drawn ones half of that.
        self.shares = [
            len(files) ** 0.5 * (0.5 if kind == DRAWN else 1) for kind, files in self.files.items()
        ]

    def sprite(self, dice: Dice) -> Sprite:
        kind = dice.own.choices(list(self.files), self.shares)[0]
        read = cv2.imread(str(dice.own.choice(self.files[kind])), cv2.IMREAD_UNCHANGED)
        picture = cv2.cvtColor(read, cv2.COLOR_BGRA2RGBA).astype(np.float32) / 255
        ys, xs = np.where(picture[..., 3] > 0.1)
        if len(ys) < SPECK:
            return self.sprite(dice)
        picture = picture[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
        if dice.chance(0.5):
            picture = picture[:, ::-1]
        colours = np.ascontiguousarray(picture[..., :3])
        alpha = np.ascontiguousarray(picture[..., 3])
        dressed = self.dressed(colours, dice, drawn=kind == DRAWN)
        contrast = (dressed - 0.5) * dice.between(0.6, 1.25) + 0.5 + dice.between(-0.2, 0.2)
        return Sprite(np.clip(contrast, 0, 1) ** np.float32(dice.between(0.7, 1.5)), alpha)

    def dressed(self, colours: Colours, dice: Dice, *, drawn: bool) -> Colours:
        """Another skin under its own shading, or another hue."""
        kind, skins = dice.own.random(), 0.5 if drawn else 0.12
        if kind < skins:
            skin = self.backs.surface(dice, plain=0)
            skin = cv2.resize(skin, (colours.shape[1], colours.shape[0]))
            light = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)[..., None]
            share = dice.between(0.4, 1)
            return np.clip(colours * (1 - share) + share * skin * (0.35 + light), 0, 1)
        if kind < skins + (0.45 if drawn else 0.15):
            return recoloured(colours, dice)
        return recoloured(colours, dice, 10, (0.6, 1.2))

    def placed(
        self, sprite: Sprite, dice: Dice, share: float, middle: tuple[float, float]
    ) -> Sprite:
        """Turned, as large as `share` of the picture's side, its middle at that part of it."""
        side, colours, alpha = self.side, sprite.colours, sprite.alpha
        height, width = alpha.shape
        length = max(height, width) if dice.chance(0.75) else (height * width) ** 0.5
        scale = share * side / length
        turn = dice.own.gauss(0, 10) if dice.chance(0.8) else dice.between(-180, 180)
        move = cv2.getRotationMatrix2D((width / 2, height / 2), turn, scale)
        move[0] *= dice.between(0.85, 1.18)
        for axis in (0, 1):
            at = move[axis, 0] * width / 2 + move[axis, 1] * height / 2 + move[axis, 2]
            move[axis, 2] += middle[axis] * side - at
        if scale < 0.5:  # shrunk first, or it would be sampled too thinly
            by = max(0.1, scale * 1.3)
            colours, alpha = (
                cv2.resize(each, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)
                for each in (colours, alpha)
            )
            move[:, :2] *= np.array([[width / alpha.shape[1], height / alpha.shape[0]]])
        mixed = np.dstack([colours * alpha[..., None], alpha])
        drawn = cv2.warpAffine(mixed, move, (side, side), flags=cv2.INTER_LINEAR)
        alpha = np.clip(drawn[..., 3], 0, 1)
        return Sprite(drawn[..., :3] / np.maximum(alpha, 1e-3)[..., None], alpha)

    def toned(self, sprite: Sprite, dice: Dice, tone: str) -> Sprite:
        """Nearly white, or nearly black, as what is behind."""
        share = dice.between(0.1, 1)
        grey = sprite.colours.mean(2, keepdims=True)
        colours = sprite.colours * share + grey * (1 - share)
        if tone == PALE:
            colours = 1 - (1 - colours) * dice.between(0.15, 0.6)
        else:
            colours = colours * dice.between(0.1, 0.5)
        return Sprite(colours, sprite.alpha)

    def lit(self, sprite: Sprite, back: Colours, dice: Dice) -> Sprite:
        """In the colour and the strength of the light around."""
        share, light = dice.between(0.2, 0.7), max(0.15, float(back.mean()))
        tinted = sprite.colours * (1 - share + share * back.mean((0, 1)) / light)
        tinted = np.clip(tinted, 0, 1)
        solid = sprite.alpha > 0.5
        own = max(0.1, float(tinted[solid].mean())) if solid.any() else 0.5
        strength = 1 + share / 2 * (min(2.0, float(back.mean()) / own) - 1)
        return Sprite(np.clip(tinted * strength, 0, 1), sprite.alpha)

    def stand(self, back: Colours, alpha: Plane, dice: Dice) -> Colours:
        """What the subject stands or lies on: a plinth, a plate, a board; it is not the subject."""
        ys, xs = np.where(alpha > 0.5)
        if not len(ys):
            return back
        side, foot = self.side, int(ys.max())
        half = int((np.ptp(xs) + 1) * dice.between(0.5, 1.1)) + 2
        tall = max(2, int(half * dice.between(0.12, 0.6)))
        under = xs[ys > foot - 0.1 * (np.ptp(ys) + 1)].mean()
        x, y = int(under), int(foot - tall * dice.between(0.2, 0.7))
        share = np.zeros((side, side), np.float32)
        if dice.chance(0.6):
            cv2.ellipse(share, (x, y), (half, tall), 0, 0, 360, 1.0, -1)
        else:
            left, right = (half * dice.between(0.5, 0.9) for _ in range(2))
            corners = [[x - left, y - tall], [x + right, y - tall], [x + half, y + tall]]
            corners.append([x - half, y + tall])
            cv2.fillPoly(share, [np.array(corners, np.int32)], 1.0)
        thick = dice.own.randint(1, max(2, int(0.15 * side)))
        if dice.chance(0.5) and y + tall + thick < side:
            share = np.maximum(share, np.roll(share, thick, 0) * (np.arange(side)[:, None] >= y))
        share = blurred(share, dice.between(0.3, 1.2))
        return over(back, self.backs.surface(dice, plain=0.6), share)

    def shadow(self, back: Colours, sprite: Sprite, dice: Dice) -> Colours:
        ys, xs = np.where(sprite.alpha > 0.5)
        if not len(ys):
            return back
        foot, height = int(ys.max()), int(np.ptp(ys)) + 1
        dark = np.zeros_like(sprite.alpha)
        if dice.chance(0.75):
            wide = np.ptp(xs) * dice.between(0.35, 0.6)
            tall = max(2.0, height * dice.between(0.03, 0.14))
            x = xs[ys > foot - 0.12 * height].mean() + dice.between(-0.05, 0.05) * self.side
            at, axes = (int(x), int(foot - 0.3 * tall)), (int(wide) + 1, int(tall))
            cv2.ellipse(dark, at, axes, dice.between(-6, 6), 0, 360, 1.0, -1)
            dark = blurred(dark, max(0.8, dice.between(0.15, 0.9) * tall))
        if dice.chance(0.55):
            dark = np.maximum(dark, self.cast(sprite.alpha, foot, dice) * dice.between(0.3, 1))
        if dice.chance(0.15):  # all round, as on a table seen from above
            by = dice.own.randint(-8, 8), dice.own.randint(-8, 8)
            near = blurred(np.roll(sprite.alpha, by, (0, 1)), dice.between(1, 8))
            dark = np.maximum(dark, near)
        back = back * (1 - dice.between(0.15, 0.8) * np.clip(dark, 0, 1)[..., None])
        return self.mirrored(back, sprite, foot, dice) if dice.chance(0.1) else back

    def cast(self, alpha: Plane, foot: int, dice: Dice) -> Plane:
        """Thrown to one side by a lamp."""
        lean, flat = dice.between(-1.2, 1.2), dice.between(0.1, 0.7)
        move = np.array([[1, -lean * flat, lean * flat * foot], [0, flat, foot * (1 - flat)]])
        size = self.side, self.side
        return blurred(cv2.warpAffine(alpha, move, size), dice.between(0.6, 7))

    def mirrored(self, back: Colours, sprite: Sprite, foot: int, dice: Dice) -> Colours:
        """In a shiny floor."""
        move, size = np.array([[1.0, 0, 0], [0, -1, 2 * foot]]), (self.side, self.side)
        share = blurred(cv2.warpAffine(sprite.alpha, move, size), 1.5) * dice.between(0.1, 0.4)
        mirror = cv2.warpAffine(sprite.colours, move, size, borderMode=cv2.BORDER_REFLECT)
        return over(back, mirror, share)
