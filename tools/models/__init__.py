from tools.models.analytics import Measure, Outcome, Pace
from tools.models.attempts import Attempt
from tools.models.credential_checks import Check
from tools.models.exports import Archive, Export, Link
from tools.models.jobs import Job, Relay
from tools.models.photos import Fetch, Loss, Photo, Upload
from tools.models.ratings import Rating

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
