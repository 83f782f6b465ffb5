"""Example worker: claim, run the preset, attach. Loads image libraries."""

import logging

from django.conf import settings

from seo.desk.examples import rows
from seo.desk.models import ExampleOrder
from seo.images import example_images as pairs
from tools.definition.registry import InvalidParamsError
from tools.errors import ToolsError
from tools.pipeline.errors import PipelineError
from tools.queue import dead_letters, leases
from tools.storage import files, samples

logger = logging.getLogger(__name__)


def make_examples() -> None:
    """Make what waits, one after the other."""
    while making := leases.claim_job(ExampleOrder.objects.select_related("version__page__intent")):
        with leases.keep_renewed(making):
            try:
                make_one(making)
            except (PipelineError, ToolsError, InvalidParamsError) as error:
                logger.info("Example %s failed: %s", making.pk, error.id, exc_info=True)
                leases.fail_job(making, error.id)
            except Exception as error:
                # Nobody foresaw it; the next examples are made all the same.
                logger.exception("Example %s failed", making.pk)
                leases.fail_job(making, "step-failed")
                dead_letters.note_dead_job(making, "step-failed", error)
        files.remove_files([making.photo])


def make_one(making: ExampleOrder) -> None:
    version = making.version
    data = (
        files.read_file(making.photo)
        if making.photo
        else samples.get_sample(making.sample).path.read_bytes()
    )
    row, pictures = pairs.make_example(
        rows.new_example_name(making),
        data,
        version.page.intent.tool,
        version.preset,
        version.engines,
        settings.STEPS_DIR,
    )
    if leases.report_progress(making, "", 1):
        kept = pairs.store_example(row, pictures)
        rows.attach_example(making, kept)
        leases.finish_job(making, example=kept)
