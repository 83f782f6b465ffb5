"""What each model is asked for, how long it takes, and how near that is to what the card could do."""

import time
from dataclasses import dataclass
from statistics import median

import diffusers
import numpy as np
import torch

from tests.gpu import matte_network, models
from tools.pipeline.engines import device
from tools.pipeline.filling.canvas import Job

REPEATS = 3
# Milliseconds a picture, or an input megapixel, that an H200 would take if it did nothing but
# multiply (790 TFLOP/s in bfloat16) and read (4.3 TB/s).
LIMITS = {
    "birefnet": 3.65,
    "realesrgan-x2plus": 11.2,
    "span": 1.25,
    "sdxl": 550.0,
    "sdxl-lightning": 100.0,
    # Reading lines takes 6.0 TFLOP a step beside the network's own 13.5.
    "sdxl-outline": 770.0,
    "flux-fill": 2700.0,
    "flux-kontext": 5900.0,
}
# What a seller is to get of it.
PAINTED = ("sdxl", "sdxl-lightning", "sdxl-outline", "flux-fill", "flux-kontext")
# Of mattes 80 a second.
WANTED = {"birefnet": 0.29, "realesrgan-x2plus": 0.40, **dict.fromkeys(PAINTED, 0.55)}
BATCHES = {"birefnet": (1, 8), "sdxl": (1, 4), "sdxl-lightning": (1, 4), "sdxl-outline": (1, 4)}


@dataclass(frozen=True)
class Row:
    model: str
    batch: int
    milliseconds: float
    # Of a picture, or of an input megapixel.
    each: float
    megabytes: float | None

    @property
    def rate(self):
        return 1000 / self.each

    @property
    def share(self):
        return LIMITS[self.model] / self.each

    def __str__(self):
        memory = "–" if self.megabytes is None else f"{self.megabytes:,.0f} MB"
        wanted = f" (wanted {WANTED[self.model]:.0%})" if self.model in WANTED else ""
        return (
            f"{self.model:20} {self.batch:5} {self.milliseconds:10.1f} {self.each:10.1f} "
            f"{self.rate:8.2f} {self.share:7.1%}{wanted:15} {memory:>12}"
        )


HEAD = f"{'model':20} {'batch':>5} {'ms':>10} {'ms each':>10} {'images/s':>8} {'of limit':>8}{'':14} {'VRAM peak':>12}"


def measure(folder, names=tuple(LIMITS), *, tiny=False, compiled=False):
    diffusers.logging.set_verbosity_error()
    if tiny:
        # Tiny networks gain nothing from a second thread, which only waits for the first.
        torch.set_num_threads(1)
    for name in names:
        yield from rows(name, folder, tiny=tiny, compiled=compiled)
        if device.name() != "cpu":
            torch.cuda.empty_cache()


def rows(name, folder, *, tiny, compiled):
    if name in models.MODELS:
        pipe = models.pipe(name, folder, tiny=tiny, compiled=compiled)
        for batch in BATCHES.get(name, (1,)):
            jobs = [job(pipe.model.canvas, seed) for seed in range(batch)]
            took, memory = timed(
                lambda pipe=pipe, jobs=jobs: pipe.painted(jobs), 1 if tiny else REPEATS
            )
            yield Row(name, batch, took, took / batch, memory)
        return
    if name == "birefnet":
        yield from mattes(name, tiny=tiny)
        return
    network = models.enlarger(name, tiny=tiny)
    side = 64 if tiny else 1024
    picture = noise(side, side)
    took, memory = timed(lambda: network.over(picture), 1 if tiny else REPEATS)
    yield Row(name, 1, took, took / (side * side / 1e6), memory)


def mattes(name, *, tiny):
    engine = matte_network.segmenter(tiny=tiny)
    for batch in BATCHES[name]:
        photos = [noise(engine.side, engine.side, seed) for seed in range(batch)]
        took, memory = timed(lambda photos=photos: engine.segment(photos), 1 if tiny else REPEATS)
        yield Row(name, batch, took, took / batch, memory)


def timed(run, repeats):
    """Milliseconds, the median of a few after one that warms up; the most memory in MB."""
    run()
    on_gpu = device.name() != "cpu"
    if on_gpu:
        torch.cuda.reset_peak_memory_stats()
    found = []
    for _ in range(repeats):
        begun = time.perf_counter()
        run()
        if on_gpu:
            torch.cuda.synchronize()
        found.append(1000 * (time.perf_counter() - begun))
    return median(found), torch.cuda.max_memory_allocated() / 1e6 if on_gpu else None


def noise(height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)


def job(canvas, seed):
    height, width = canvas.size(1000, 1000)
    mask = np.zeros((height, width), np.uint8)
    mask[height // 4 : height // 2, width // 4 : width // 2] = 255
    return Job(noise(height, width, seed), mask, "a mug on a marble table", seed, 255 - mask)
