from dataclasses import asdict
from pathlib import Path
from typing import Any

from tools.pipeline.scoring import enhance


def measure(folder: Path) -> list[dict[str, Any]]:
    """Gains in dB and SSIM on a folder laid out as `tools.pipeline.scoring.enhance` says."""
    return [{**asdict(row), "gain": row.gain} for row in enhance.score_folder(folder)]
