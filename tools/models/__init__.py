from tools.models.analytics import AttemptCount, PageEvent, StepDuration
from tools.models.attempts import Attempt
from tools.models.calls import Call, Improvement
from tools.models.credential_checks import Check
from tools.models.dead_letters import DeadLetter
from tools.models.exports import Archive, Export, ShareLink
from tools.models.jobs import Job, Relay
from tools.models.photos import Fetch, Loss, Photo, Upload
from tools.models.ratings import Rating

__all__ = [
    "Archive",
    "Attempt",
    "AttemptCount",
    "Call",
    "Check",
    "DeadLetter",
    "Export",
    "Fetch",
    "Improvement",
    "Job",
    "Loss",
    "PageEvent",
    "Photo",
    "Rating",
    "Relay",
    "ShareLink",
    "StepDuration",
    "Upload",
]
