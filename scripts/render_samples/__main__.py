"""Render the site's sample photographs: `python -m scripts.render_samples [NAME …] [--draft]`."""

import argparse
import random
from pathlib import Path

from scripts.render_samples import output, scene
from scripts.render_samples.samples import SAMPLES, Sample


def render(sample: Sample, folder: Path, *, long_side: int, samples: int) -> None:
    random.seed(sample.name)
    width, height = (side * long_side // max(sample.size) for side in sample.size)
    scene.clear()
    product, view = sample.compose()
    scene.look(view)
    scene.size(width, height)
    scene.photograph(folder / f"{sample.name}.png", samples)
    scene.matte(folder / f"{sample.name}.matte.png", product, 32)


def main() -> None:
    known = {sample.name: sample for sample in SAMPLES}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}; all if none"
    )
    parser.add_argument(
        "--draft", action="store_true", help="small and rough, and nothing published"
    )
    parser.add_argument("--samples", type=int, default=8, help="light paths per pixel")
    parser.add_argument(
        "--work", type=Path, default=Path("var/render_samples"), help="where raw renders go"
    )
    parser.add_argument(
        "--publish", action="store_true", help="only write the site's files from raw renders"
    )
    options = parser.parse_args()
    folder: Path = options.work.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for name in options.names or known:
        sample = known[name]
        if options.draft:
            render(sample, folder, long_side=320, samples=8)
            continue
        if not options.publish:
            render(sample, folder, long_side=max(sample.size), samples=options.samples)
        output.publish(sample, folder)
    if not options.draft:
        output.index(SAMPLES)


main()
