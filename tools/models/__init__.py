from tools.models.tallies import Measure, Outcome, Pace
from tools.models.work import (
    Archive,
    Attempt,
    Check,
    Export,
    Fetch,
    Job,
    Link,
    Loss,
    Photo,
    Rating,
    Relay,
    Upload,
)

__all__ = [
    "Archive",
    "Attempt",
    "Check",
    "Export",
    "Fetch",
    "Job",
    "Link",
    "Loss",
    "Measure",
    "Outcome",
    "Pace",
    "Photo",
    "Rating",
    "Relay",
    "Upload",
]
