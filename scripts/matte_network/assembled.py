"""Subjects of several parts, drawn by us: what one colour or one outline does not tell apart."""

import math

import cv2
import numpy as np
from backgrounds import Backgrounds
from dice import Colours, Dice, Plane, blurred, over
from subjects import Sprite, Subjects

# Side of the square on which one is drawn.
SIDE = 256


class Assembled:
    """Bowls of fruit, toys of limbs, things on thin legs, with straps, of two colours, in pairs."""

    def __init__(self, subjects: Subjects, backs: Backgrounds) -> None:
        self.subjects, self.backs = subjects, backs

    def any(self, dice: Dice) -> Sprite:
        makers = self.bowl, self.toy, self.on_legs, self.with_strap, self.of_two_colours, self.pair
        maker = dice.own.choices(makers, (0.22, 0.26, 0.14, 0.14, 0.14, 0.1))[0]
        colours, alpha = maker(dice)
        ys, xs = np.where(alpha > 0.1)
        if len(ys) < SIDE:
            return self.any(dice)
        part = np.s_[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
        return Sprite(np.clip(colours[part], 0, 1).astype(np.float32), alpha[part])

    def skin(self, dice: Dice) -> Colours:
        """What a part is made of: mostly one colour, now and then white or black, or a pattern."""
        if dice.chance(0.25):
            return cv2.resize(self.backs.surface(dice, plain=0), (SIDE, SIDE))
        kind = dice.own.random()
        one = [dice.own.random() for _ in range(3)]
        if kind < 0.25:
            one = [dice.between(0.85, 1)] * 3
        elif kind < 0.4:
            one = [dice.between(0.02, 0.2)] * 3
        return np.full((SIDE, SIDE, 3), one, np.float32)

    def solid(self, shape: Plane, skin: Colours, dice: Dice, light: float) -> Colours:
        """A skin over a shape that swells towards its middle, lit from the direction `light`."""
        inside = (shape > 0.5).astype(np.uint8)
        height = np.sqrt(cv2.distanceTransform(inside, cv2.DIST_L2, 3))
        height = blurred(height, 2)
        across = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
        slope = math.cos(light) * across[0] + math.sin(light) * across[1]
        shade = np.clip(0.8 - dice.between(0.03, 0.12) * slope, 0.25, 1.25)
        lit = skin * shade[..., None]
        if dice.chance(0.3):
            lit = lit + np.clip(-slope - dice.between(2, 5), 0, 1)[..., None] * 0.5
        return lit

    def add(self, made: Sprite, shape: Plane, skin: Colours, dice: Dice, light: float) -> Sprite:
        soft = blurred(shape, 0.7)
        lit = self.solid(shape, skin, dice, light)
        under = made.colours * (1 - 0.35 * blurred(shape, 4)[..., None])
        return Sprite(over(under, lit, soft), np.maximum(made.alpha, soft))

    def bowl(self, dice: Dice) -> tuple[Colours, Plane]:
        light, made = dice.between(0, math.tau), nothing()
        x, y, wide = SIDE // 2, int(SIDE * dice.between(0.35, 0.5)), int(SIDE * 0.4)
        tall, deep = int(wide * dice.between(0.15, 0.75)), int(wide * dice.between(0.2, 0.95))
        skin = self.skin(dice)
        body = ellipse((x, y), (wide, tall))
        below = ellipse((x, y + deep // 3), (int(wide * dice.between(0.5, 0.9)), deep))
        below[:y] = 0
        made = self.add(made, np.maximum(body, below), skin, dice, light)
        inner = ellipse((x, y), (int(wide * 0.92), int(tall * 0.88)))
        dark = skin * dice.between(0.55, 0.95)
        made = Sprite(over(made.colours, dark, inner), made.alpha)
        filling, radius = [self.skin(dice) for _ in range(dice.own.choice((1, 1, 2, 3)))], 0
        for _ in range(dice.own.randint(6, 40)):
            radius = int(wide * dice.between(0.07, 0.2))
            turn, far = dice.between(0, math.tau), dice.own.random() ** 0.5 * 0.85
            at = (
                int(x + math.cos(turn) * far * (wide - radius)),
                int(y + math.sin(turn) * far * (tall - radius * 0.5) - radius * 0.3),
            )
            ball = ellipse(at, (radius, int(radius * dice.between(0.75, 1.1))))
            made = self.add(made, ball, dice.own.choice(filling), dice, light)
        return made.colours, made.alpha

    def toy(self, dice: Dice) -> tuple[Colours, Plane]:
        light, made, middle = dice.between(0, math.tau), nothing(), SIDE // 2
        skins = [self.skin(dice) for _ in range(dice.own.randint(1, 4))]
        wide = int(SIDE * dice.between(0.12, 0.22))
        tall = int(wide * dice.between(0.8, 1.5))
        parts: list[Plane] = []
        for side in (-1, 1):
            reach, drop = dice.between(0.6, 1.5) * wide, dice.between(-0.9, 0.9) * tall
            thick = max(2, int(wide * dice.between(0.08, 0.45)))
            shoulder = middle + side * int(0.8 * wide), middle
            hand = int(middle + side * (wide + reach)), int(middle + drop)
            parts.append(limb(shoulder, hand, thick))
            hip = middle + side * int(0.5 * wide), middle + int(0.7 * tall)
            foot = hip[0] + side * dice.own.randint(-8, 20), int(hip[1] + tall * 0.7)
            parts.append(limb(hip, foot, max(2, int(wide * dice.between(0.08, 0.5)))))
            if dice.chance(0.4):
                tip = middle + side * dice.own.randint(5, 40), middle - tall - int(wide * 1.6)
                parts.append(limb((middle, middle - tall), tip, dice.own.randint(1, 9)))
        shapes = (ellipse, box)
        parts.append(dice.own.choice(shapes)((middle, middle), (wide, tall)))
        head = int(wide * dice.between(0.6, 1.2))
        at = middle, middle - tall - int(head * 0.5)
        parts.append(dice.own.choice(shapes)(at, (int(head * dice.between(0.8, 1.3)), head)))
        for part in parts:
            made = self.add(made, part, dice.own.choice(skins), dice, light)
        for side in (-1, 1):
            eye = ellipse((at[0] + side * head // 3, at[1] - head // 6), (head // 5 + 1,) * 2)
            made = self.add(made, eye, self.skin(dice), dice, light)
        if dice.chance(0.4):
            return furry(made, dice)
        return made.colours, made.alpha

    def on_legs(self, dice: Dice) -> tuple[Colours, Plane]:
        """A thing with thin legs below, or a stalk above."""
        light = dice.between(0, math.tau)
        made, bottom, wide = self.centred(dice, 0.55)
        skin, thick = self.skin(dice), dice.own.randint(1, 6)
        down, middle = int(SIDE * dice.between(0.1, 0.3)), SIDE // 2
        for place in dice.own.choice(((-1, 1), (0,), (-1, 0, 1), (-1, -0.4, 0.4, 1))):
            at = int(middle + place * wide * 0.35)
            leg = limb((at, bottom - 12), (at + dice.own.randint(-14, 14), bottom + down), thick)
            leg = leg * (1 - made.alpha)
            made = self.add(made, leg, skin, dice, light)
        return made.colours, made.alpha

    def with_strap(self, dice: Dice) -> tuple[Colours, Plane]:
        """A thing with a loop above it: what is seen through the loop is not the thing."""
        light = dice.between(0, math.tau)
        made, _, wide = self.centred(dice, 0.6)
        top = int(np.where(made.alpha > 0.5)[0].min()) if (made.alpha > 0.5).any() else SIDE // 2
        half, high = int(wide * dice.between(0.15, 0.5)), dice.own.randint(15, 90)
        loop = np.zeros((SIDE, SIDE), np.float32)
        thick = dice.own.randint(2, 12)
        cv2.ellipse(loop, (SIDE // 2, top + 10), (half, high), 0, 0, 360, 1.0, thick)
        made = self.add(made, loop * (1 - made.alpha), self.skin(dice), dice, light)
        return made.colours, made.alpha

    def of_two_colours(self, dice: Dice) -> tuple[Colours, Plane]:
        """A thing whose one part looks nothing like the other: a sole, a lid, a sleeve."""
        made, _, _ = self.centred(dice, 0.8)
        turn = dice.own.choice((0, math.pi / 2, dice.between(0, math.pi)))
        y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / SIDE - 0.5
        along = math.cos(turn) * y + math.sin(turn) * x + dice.between(-0.25, 0.25)
        share = np.clip(along * 60 + 0.5, 0, 1)
        light = cv2.cvtColor(np.clip(made.colours, 0, 1).astype(np.float32), cv2.COLOR_RGB2GRAY)
        other = self.skin(dice) * (0.45 + light[..., None])
        return over(made.colours, other, share), made.alpha

    def pair(self, dice: Dice) -> tuple[Colours, Plane]:
        """The same thing twice, side by side or overlapping, as shoes and earrings are."""
        made, _, wide = self.centred(dice, 0.5)
        apart = int(wide * dice.between(0.25, 0.6))
        moves = [np.array([[1.0, 0, side * apart], [0, 1, 0]]) for side in (-1, 1)]
        if dice.chance(0.5):  # mirrored
            moves[1] = np.array([[-1.0, 0, SIDE + apart], [0, 1, dice.between(-12, 12)]])
        colours, alpha = nothing().colours, nothing().alpha
        for move in moves:
            share = cv2.warpAffine(made.alpha, move, (SIDE, SIDE))
            colours = over(colours, cv2.warpAffine(made.colours, move, (SIDE, SIDE)), share)
            alpha = np.maximum(alpha, share)
        return colours, alpha

    def centred(self, dice: Dice, share: float) -> tuple[Sprite, int, int]:
        """A sprite in the middle of the square; its lowest row and its width."""
        sprite = self.subjects.sprite(dice)
        height, width = sprite.alpha.shape
        scale = share * SIDE / max(height, width)
        size = max(2, round(width * scale)), max(2, round(height * scale))
        small = cv2.resize(sprite.alpha, size, interpolation=cv2.INTER_AREA)
        colours = cv2.resize(sprite.colours, size, interpolation=cv2.INTER_AREA)
        made, (wide, tall) = nothing(), size
        top, left = (SIDE - tall) // 2, (SIDE - wide) // 2
        made.alpha[top : top + tall, left : left + wide] = small
        made.colours[top : top + tall, left : left + wide] = colours
        return made, top + tall, wide


def nothing() -> Sprite:
    return Sprite(np.zeros((SIDE, SIDE, 3), np.float32), np.zeros((SIDE, SIDE), np.float32))


def ellipse(at: tuple[int, int], axes: tuple[int, int]) -> Plane:
    plane = np.zeros((SIDE, SIDE), np.float32)
    cv2.ellipse(plane, at, (max(1, axes[0]), max(1, axes[1])), 0, 0, 360, 1.0, -1)
    return plane


def box(at: tuple[int, int], axes: tuple[int, int]) -> Plane:
    plane = np.zeros((SIDE, SIDE), np.float32)
    low, high = (at[0] - axes[0], at[1] - axes[1]), (at[0] + axes[0], at[1] + axes[1])
    cv2.rectangle(plane, low, high, 1.0, -1)
    return plane


def limb(one: tuple[int, int], other: tuple[int, int], thick: int) -> Plane:
    plane = np.zeros((SIDE, SIDE), np.float32)
    cv2.line(plane, one, other, 1.0, max(1, 2 * thick))
    cv2.circle(plane, other, int(thick * 1.3), 1.0, -1)
    return plane


def furry(made: Sprite, dice: Dice) -> tuple[Colours, Plane]:
    """Its outline frayed, its surface rough."""
    grain = dice.many.normal(0, 1, (SIDE, SIDE)).astype(np.float32)
    near = blurred(grain, 1) * dice.between(0.3, 1.2)
    alpha = np.clip(blurred(made.alpha, dice.between(1, 3)) * 2 - 0.5 + near * 0.5, 0, 1)
    alpha = alpha * (blurred(made.alpha, 3) > 0.05)
    spread = blurred(made.colours, 3) / np.maximum(blurred(made.alpha, 3), 0.05)[..., None]
    colours = np.where(made.alpha[..., None] > 0.9, made.colours, spread)
    return colours * (1 + 0.25 * near[..., None]), alpha.astype(np.float32)
