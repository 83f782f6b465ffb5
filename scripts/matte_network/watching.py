"""How the network does on photographs it is not trained on, while it is being trained; and the
curves of that as a picture.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from dice import rgb
from numpy.typing import NDArray
from pictures import DEVIATION, HELD, LOOKED, MEAN
from torch import nn
from torch.nn import functional

# True masks are compared at this long side at most.
LARGE = 640
GOOD = 0.9


@dataclass(frozen=True)
class Known:
    kind: str
    fed: torch.Tensor
    truth: NDArray[np.bool_]


def held_back(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """The photographs of the training data that are only measured by."""
    with LOOKED.open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["verdict"] == HELD]
    for name in names:
        path = next((folder / "photos").glob(f"*/{name}.jpg"))
        yield HELD, path, path.with_suffix(".png")


def of_set(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """A folder as `manage.py measure cutout` takes it: its subsets by an index.csv."""
    with (folder / "index.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            image = next((folder / "images").glob(f"{row['name']}.*"))
            yield row.get("subset", ""), image, folder / "masks" / f"{row['name']}.png"


def known(files: Iterator[tuple[str, Path, Path]], side: int) -> list[Known]:
    found = []
    for kind, image, mask in files:
        picture = rgb(cv2.imread(str(image)))
        truth = cv2.imread(str(mask), cv2.IMREAD_UNCHANGED)
        plane = truth if truth.ndim == 2 else truth[..., 3 if truth.shape[2] == 4 else 0]
        by = min(1, LARGE / max(plane.shape))
        plane = cv2.resize(plane, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)
        small = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA) / np.float32(255)
        fed = torch.from_numpy(((small - MEAN) / DEVIATION).transpose(2, 0, 1)[None].copy())
        found.append(Known(kind, fed.to(memory_format=torch.channels_last), plane > 127))
    return found


@torch.no_grad()
def overlaps(net: nn.Module, pictures: list[Known]) -> dict[str, float]:
    """Mean IoU by kind, of all but those held back, and the share of these that is good."""
    net.eval()
    rows = []
    for each in pictures:
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(each.fed)
        size = each.truth.shape
        large = functional.interpolate(
            logits.float(), size=size, mode="bilinear", align_corners=False
        )
        found = large[0, 0].numpy() > 0
        both, either = (found & each.truth).sum(), (found | each.truth).sum()
        rows.append((each.kind, float(both / max(1, either))))
    kinds = sorted({kind for kind, _ in rows})
    means = {kind: float(np.mean([iou for its, iou in rows if its == kind])) for kind in kinds}
    measured = [iou for kind, iou in rows if kind != HELD]
    if measured:
        means["open"] = float(np.mean(measured))
        means["good"] = float(np.mean([iou >= GOOD for iou in measured]))
    return {name: round(value, 4) for name, value in means.items()}


def draw_curves(log: Path, out: Path) -> None:
    """Loss, and each column that is an overlap, over the pictures seen."""
    with log.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    seen = np.array([float(row["seen"]) for row in rows])
    sheet = np.full((560, 960, 3), 255, np.uint8)
    box = (70, 20, 920, 500)
    for level in np.linspace(0, 1, 6):
        y = round(box[3] - level * (box[3] - box[1]))
        cv2.line(sheet, (box[0], y), (box[2], y), (225, 225, 225), 1)
        cv2.putText(sheet, f"{0.5 + level / 2:.1f}", (20, y + 5), 0, 0.45, (90, 90, 90), 1)
    colours = {"open": (180, 60, 20), HELD: (60, 140, 30), "good": (30, 30, 200)}
    for number, (name, colour) in enumerate([*colours.items(), ("loss", (150, 150, 150))]):
        values = np.array([float(row.get(name) or "nan") for row in rows])
        if name == "loss":
            values = 0.5 + values / np.nanmax(values) / 2
        x = box[0] + seen / seen.max() * (box[2] - box[0])
        y = box[3] - (np.clip(values, 0.5, 1) - 0.5) * 2 * (box[3] - box[1])
        line = np.stack([x, y], 1)[np.isfinite(values)].round().astype(np.int32)
        cv2.polylines(sheet, [line], isClosed=False, color=colour, thickness=2, lineType=16)
        cv2.putText(sheet, name, (80 + 130 * number, 545), 0, 0.5, colour, 1, 16)
    cv2.putText(sheet, f"{seen.max():,.0f} pictures", (780, 522), 0, 0.45, (90, 90, 90), 1, 16)
    cv2.imwrite(str(out), sheet)
