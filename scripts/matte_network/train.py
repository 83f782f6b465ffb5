"""Train the matte network: one command, which goes on where it was interrupted.

    python scripts/matte_network/train.py DATA RUN --minutes 100 [--open SET]

DATA as `pictures` says. RUN gets state.pt (every few minutes), last.pt (the mean of the weights),
log.csv and curves.png; it lies outside the repository. Nothing of SET is trained on.
"""

import argparse
import csv
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from network import LEVELS, Matte
from pictures import Pictures
from torch.nn import functional
from torch.utils.data import DataLoader
from watching import draw_curves, held_back, known, of_set, overlaps


@dataclass(frozen=True)
class Stage:
    """`share` of the minutes of computing. The rate falls along a cosine from `rate` to `floor` of it."""

    share: float
    sides: tuple[int, ...]  # in turn; pictures are composed at the largest
    batch: int
    frozen: int  # how many blocks of the encoder
    rate: float
    floor: float
    warm: int  # steps
    mean: float  # how much of the mean of the weights stays with each step
    photos: float  # share of photographs among the pictures


STAGES = (
    Stage(0.07, (192,), 16, 16, 2e-3, 0.02, 20, 0.98, 0.2),
    Stage(0.62, (160, 192, 224), 16, 5, 1e-3, 0.3, 40, 0.995, 0.3),
    Stage(0.31, (224, 256, 288), 12, 5, 7e-4, 0.02, 15, 0.997, 0.25),
)
# What was pretrained learns slower than what was not.
ENCODER = 0.25
DECAY = 1e-2
STEEPEST = 5.0
KEEP_SECONDS = 180
WATCH_STEPS = 250


@dataclass
class Run:
    """Where the training is: kept whole in state.pt."""

    stage: int = 0
    step: int = 0
    seen: int = 0
    spent: float = 0.0  # CPU seconds of this stage: a busy neighbour does not shorten it
    losses: list[float] = field(default_factory=list)


class Training:
    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.out = given, given.run
        self.out.mkdir(parents=True, exist_ok=True)
        self.run, self.net = Run(), Matte(pretrained=True).to(memory_format=torch.channels_last)
        self.mean = copied(self.net)
        self.optimiser: Any = None
        kept = self.out / "state.pt"
        self.kept = torch.load(kept, weights_only=True) if kept.exists() else None
        if self.kept:
            self.run = Run(**self.kept["run"])
            self.net.load_state_dict(self.kept["net"])
            self.mean = self.kept["mean"]

    def all(self) -> None:
        while self.run.stage < len(STAGES):
            self.one(STAGES[self.run.stage])
            self.run.stage, self.run.step, self.run.spent = self.run.stage + 1, 0, 0.0
            self.net.load_state_dict(self.mean)
            self.optimiser = None
            self.keep()

    def one(self, stage: Stage) -> None:
        self.optimiser = optimiser(self.net, stage)
        if self.kept and self.kept["optimiser"]:
            self.optimiser.load_state_dict(self.kept["optimiser"])
        self.kept = None
        watched = list(held_back(self.given.data))
        watched += of_set(self.given.open) if self.given.open else []
        pictures = known(iter(watched), middle(stage))
        seconds, written = stage.share * self.given.minutes * 60, time.monotonic()
        for x, alpha, counts in self.fed(stage):
            begun = time.process_time()
            self.step(stage, x, alpha, counts, self.run.spent / seconds)
            self.run.spent += time.process_time() - begun
            if self.run.step % WATCH_STEPS == 0 or self.run.spent >= seconds:
                self.watch(stage, pictures)
            if time.monotonic() - written > KEEP_SECONDS:
                written = time.monotonic()
                self.keep()
            if self.run.spent >= seconds:
                return

    def fed(self, stage: Stage) -> Iterator[Any]:
        """Batches; where it goes on it draws other pictures than those it has seen."""
        seed = f"{self.given.seed}-{self.run.stage}-{self.run.step}"
        pictures = Pictures(
            self.given.data,
            stage.sides[-1],
            seed=seed,
            photos=stage.photos,
            doubtful=self.given.doubtful,
        )
        return iter(DataLoader(pictures, stage.batch, num_workers=1, prefetch_factor=6))

    def step(self, stage: Stage, x: Any, alpha: Any, counts: Any, done: float) -> None:
        warm = min(1, (self.run.step + 1) / stage.warm)
        cosine = 0.5 * (1 + math.cos(math.pi * min(1, done)))
        for group in self.optimiser.param_groups:
            group["lr"] = (
                stage.rate * group["pace"] * warm * (stage.floor + (1 - stage.floor) * cosine)
            )
        self.net.train()
        x, alpha = shrunk(x, alpha, stage.sides[self.run.step % len(stage.sides)])
        with torch.autocast("cpu", torch.bfloat16):
            answers = self.net(x.to(memory_format=torch.channels_last), every=True)
        loss = sum(
            weight * apart(answer.float(), alpha, counts)
            for weight, answer in zip(LEVELS, answers, strict=True)
        )
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        learnt = chain.from_iterable(group["params"] for group in self.optimiser.param_groups)
        torch.nn.utils.clip_grad_norm_(list(learnt), STEEPEST)
        self.optimiser.step()
        self.run.step += 1
        self.run.seen += len(x)
        self.run.losses = [*self.run.losses[-99:], loss.item()]
        self.follow(min(stage.mean, (1 + self.run.step) / (10 + self.run.step)))

    def follow(self, share: float) -> None:
        for name, value in self.net.state_dict().items():
            if value.dtype.is_floating_point:
                self.mean[name].mul_(share).add_(value, alpha=1 - share)
            else:
                self.mean[name].copy_(value)

    def watch(self, stage: Stage, pictures: list[Any]) -> None:
        """Measure the mean of the weights, which is what is shipped."""
        own = copied(self.net)
        self.net.load_state_dict(self.mean)
        found = overlaps(self.net, pictures)
        self.net.load_state_dict(own)
        torch.save(
            {"net": self.mean, "side": middle(stage), "seen": self.run.seen}, self.out / "last.pt"
        )
        row = {
            "stage": self.run.stage,
            "step": self.run.step,
            "seen": self.run.seen,
            "minutes": round(self.run.spent / 60, 1),
            "loss": round(sum(self.run.losses) / len(self.run.losses), 4),
            **found,
        }
        print(row, flush=True)
        log = self.out / "log.csv"
        new = not log.exists()
        with log.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, row)
            if new:
                writer.writeheader()
            writer.writerow(row)
        draw_curves(log, self.out / "curves.png")

    def keep(self) -> None:
        state = {
            "net": self.net.state_dict(),
            "mean": self.mean,
            "optimiser": self.optimiser.state_dict() if self.optimiser else None,
            "run": vars(self.run),
        }
        torch.save(state, self.out / "state.part")
        (self.out / "state.part").replace(self.out / "state.pt")


def optimiser(net: Matte, stage: Stage) -> torch.optim.Optimizer:
    for each in net.parameters():
        each.requires_grad_(requires_grad=True)
    net.freeze(stage.frozen)
    pretrained = ("stem", "blocks")
    old = [p for name, p in net.named_parameters() if name.startswith(pretrained)]
    new = [p for name, p in net.named_parameters() if not name.startswith(pretrained)]
    groups = [
        {"params": new, "pace": 1.0},
        {"params": [each for each in old if each.requires_grad], "pace": ENCODER},
    ]
    return torch.optim.AdamW(groups, lr=stage.rate, weight_decay=DECAY)


def apart(logits: torch.Tensor, alpha: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
    """Cross entropy and overlap, both heavier near outlines, and the mean difference of the mattes.

    The first two after Wei, Wang and Huang, "F³Net" (AAAI 2020).
    """
    if logits.shape[-2:] != alpha.shape[-2:]:
        alpha = functional.interpolate(alpha, size=logits.shape[-2:], mode="area")
    near = max(3, alpha.shape[-1] // 10 // 2 * 2 + 1)
    weight = 1 + 4 * (functional.avg_pool2d(alpha, near, 1, near // 2) - alpha).abs()
    entropy = weight * functional.binary_cross_entropy_with_logits(logits, alpha, reduction="none")
    entropy = entropy.sum((1, 2, 3)) / weight.sum((1, 2, 3))
    found = logits.sigmoid()
    both = (weight * found * alpha).sum((1, 2, 3))
    either = (weight * (found + alpha - found * alpha)).sum((1, 2, 3))
    each = entropy + 1 - (both + 1) / (either + 1) + (found - alpha).abs().mean((1, 2, 3))
    return (counts * each).sum() / counts.sum()


def shrunk(x: torch.Tensor, alpha: torch.Tensor, side: int) -> tuple[torch.Tensor, torch.Tensor]:
    if x.shape[-1] == side:
        return x, alpha
    size = side, side
    smaller = functional.interpolate(x, size=size, mode="bilinear", antialias=True)
    return smaller, functional.interpolate(alpha, size=size, mode="area")


def middle(stage: Stage) -> int:
    return stage.sides[len(stage.sides) // 2]


def copied(net: Matte) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in net.state_dict().items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--minutes", type=float, default=100, help="of computing")
    parser.add_argument("--open", type=Path, help="a set to watch, never trained on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--doubtful", action="store_true", help="also sprites whose origin is not stated"
    )
    given = parser.parse_args()
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    Training(given).all()


if __name__ == "__main__":
    main()
