"""First look: the result in fewer pixels, for as long as the result itself is not there."""

from dataclasses import replace

from django.utils import timezone

from tools.models import Attempt
from tools.pipeline import encoding, ops
from tools.pipeline.errors import CancelledError
from tools.pipeline.run import Run, read_image
from tools.pricing.plans import AttemptPlan
from tools.queue import leases
from tools.rendering.progress import Report
from tools.storage import files

# Of all that there is to compute.
SHARE = 0.3
QUALITY = 80
# A result with fewer times the pixels of a look is there nearly as soon.
WORTH = 2


def first(run: Run, report: Report, attempt: Attempt, plan: AttemptPlan) -> None:
    """Show it, where the tool has one and it is quick: where the product is known, the result is
    not, and no engine has to do with it. Raises CancelledError.
    """
    tool, at = plan.tool, plan.at
    if tool.look is None or tool.alpha is None:
        return
    width, height = tool.size(*ops.read_size(at), attempt.params)
    product = ops.make_foreground(at, tool.alpha(at, attempt.params))
    quick = width * height > WORTH * ops.LOOK_PIXELS and run.has(product)
    if not quick or run.has(plan.result) or run.asks_engines(plan.result):
        return
    report.be_brief()
    report.part(SHARE)
    # What it takes is not what the result takes, and nobody is to learn from it.
    aside = replace(run, timings=[], facts={})
    picture = read_image(aside.value(tool.look(at, attempt.params)))
    computed = timezone.now()
    packed = encoding.encode_webp(picture, quality=QUALITY, effort=0)
    files.write_file(files.attempt_first_look_path(attempt.pk), packed)
    now = timezone.now()
    attempt.facts["look"] = {
        "seconds": (computed - (attempt.started or computed)).total_seconds(),
        "encoding": (now - computed).total_seconds(),
    }
    width, height = plan.size
    if not leases.held_rows(attempt).update(
        facts=attempt.facts, width=width, height=height, changed=now
    ):
        raise CancelledError
