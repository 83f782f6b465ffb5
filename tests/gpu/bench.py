"""`make bench-gpu`: the speed of the real sizes on this machine's GPU, with random weights.

`--tiny --device cpu` proves the script itself where there is none.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

WANTED_OVERHEAD = 0.05


def asked():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--tiny", action="store_true", help="networks of a few thousand weights")
    parser.add_argument("--compile", action="store_true", help="compile the repeated blocks")
    parser.add_argument("--only", nargs="*", help="these models, and not whole attempts")
    return parser.parse_args()


def main():
    options = asked()
    os.environ["PACKSHOT_DEVICE"] = options.device
    try:
        import torch
    except ImportError:
        sys.exit("bench-gpu needs the extra torch: pip install 'packshot[torch]'")
    if options.device != "cpu" and not torch.cuda.is_available():
        sys.stdout.write("There is no CUDA device here: nothing is measured.\n")
        return
    from tests.gpu import rows, whole

    name = "cpu" if options.device == "cpu" else torch.cuda.get_device_name(options.device)
    sys.stdout.write(f"{name}, torch {torch.__version__}; limits are an H200's\n{rows.HEAD}\n")
    with tempfile.TemporaryDirectory() as folder:
        names = options.only or rows.LIMITS
        how = {"tiny": options.tiny, "compiled": options.compile}
        for row in rows.measure(Path(folder), names, **how):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
    if not options.only:
        found = whole.measure(options.device, tiny=options.tiny)
        sys.stdout.write(
            f"whole attempts through Celery: {found['images_per_second']:.2f} images/s, "
            f"{found['overhead']:.1%} over the bare model (wanted {WANTED_OVERHEAD:.0%})\n"
        )


if __name__ == "__main__":
    main()
