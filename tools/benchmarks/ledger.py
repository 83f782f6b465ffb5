from dataclasses import asdict
from typing import Any

from billing import benchmark


def measure() -> list[dict[str, Any]]:
    """Holds, captures and releases on one account by 16 workers, on this site's database."""
    return [asdict(benchmark.measure_throughput())]
