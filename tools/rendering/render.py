"""Renderer: makes what a job asks for: an attempt's result, a file, an archive, a report."""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from django.conf import settings
from PIL import ImageColor

from tools.credentials import inspect, sign
from tools.models import Archive, Attempt, Check, Export, Job, Photo, Relay
from tools.pipeline import encoding, fidelity_proofs, ops
from tools.pipeline.graph import Node
from tools.pipeline.pixels import Mask, Rgb, Rgba
from tools.pipeline.provenance import label
from tools.pipeline.resize import shrink_to_pixels, shrink_to_side
from tools.pipeline.run import Pending, Run, Watch, ignore_progress, is_off_device, read_image
from tools.pipeline.scenes.surfaces.texture_cache import textures
from tools.pipeline.store import read_facts
from tools.pricing import durations, plans
from tools.pricing.plans import AttemptPlan
from tools.rendering import (
    call_files,
    first_look,
    handoff,
    ingest,
    layers,
    market_files,
    suggestions,
    zip_files,
)
from tools.rendering.progress import UNKEPT, Report, deliver, fail
from tools.storage import files

THUMB_SIDE = 240
WHITE = (255, 255, 255)
# A download is packed better than what we store for a day, as far as a second is worth it.
PNG_LEVEL = 4
# Of what there is to compute for an attempt; the rest proves it.
RESULT = 0.9


def make_result(attempt: Attempt) -> None:
    """Compute the preview of an attempt and deliver it."""
    photo = ingest.read_photo_now(attempt.photo)
    if photo.state != Photo.State.READY:
        fail(attempt, photo.error, **photo.error_facts)
        return
    begun = time.perf_counter()
    report, plan = Report(attempt), plans.plan_attempt(attempt, photo)
    run = start(attempt, attempt, plan, watch=report)
    if call := call_files.find_call(attempt):
        call_files.make_file(call, run, plan)
        return
    first_look.first(run, report, attempt, plan)
    report.part(RESULT)
    result, size = seen(run, plan)
    report.part(1)
    said = {
        **attempt.facts,
        **run.facts,
        "layers": layers.cut_out(run, plan, photo),
        "other": layers.second(run, plan, photo),
    }
    # Somebody waits: the picture is packed while another core proves it.
    with ThreadPoolExecutor(1) as aside:
        pictures = aside.submit(packed, result)
        fidelity = proved(run, attempt, plan)
        proven = time.perf_counter()
    if not fidelity.get("kept", True):
        fail(attempt, UNKEPT, **fidelity)
        return
    preview, thumb = pictures.result()
    files.write_file(files.attempt_preview_path(attempt.pk), preview)
    files.write_file(files.attempt_thumb_path(attempt.pk), thumb)
    said["encoding"] = round(time.perf_counter() - proven, 4)
    deliver(
        attempt,
        preview=files.attempt_preview_path(attempt.pk),
        seconds=(attempt.seconds or 0) + time.perf_counter() - begun,
        facts=said,
        fidelity=fidelity,
        width=size[0],
        height=size[1],
    )
    durations.learn_durations(
        run.timings, run.engines, megapixels=result.shape[0] * result.shape[1] / 1e6
    )
    # The attempt has ended: nobody is told of these steps, and nobody can call them off.
    run.watch = ignore_progress
    layers.behind(run, attempt, plan)
    suggestions.make(run, plan, photo)


def packed(result: Rgb | Rgba) -> tuple[bytes, bytes]:
    """The preview and its thumbnail as files."""
    thumb = encoding.shrink_preview(result, long_side=THUMB_SIDE)
    return encoding.encode_webp(encoding.fit_webp(result), effort=2), encoding.encode_webp(thumb)


def make_file(export: Export) -> None:
    """Compute an attempt at full resolution and store it as the file that was asked for."""
    attempt = export.attempt
    plan = plans.plan_attempt(attempt)
    run = start(attempt, export, plan)
    result = filed(export, plan)
    value = run.value(result)
    picture = read_image(value)
    steps = tuple(sign.list_signed_steps(result, run, picture, export.options))

    beyond = value["mask"] == 0 if isinstance(value, Mapping) and "mask" in value else None

    def made(quality: int) -> bytes:
        data = encoded(picture, export.options, quality, beyond)
        return sign.sign_file(encoding.say_dpi(data, attempt.photo.dpi), export, steps)

    data = market_files.fit_bytes(export.options, made)
    name = files.export_path(attempt.pk, export.wish, export.format)
    files.write_file(name, data)
    width, height = encoding.read_file_size(data)
    said = {**run.facts, "width": width, "height": height}
    if export.options.get("market"):
        said |= market_files.judge_file(data, value, export)
    deliver(export, file=name, bytes=len(data), facts=said)


def make_archive(archive: Archive) -> None:
    """Pack the files that were made for it."""
    name, size = zip_files.pack(archive, Report(archive))
    deliver(archive, file=name, bytes=size)


def make_report(check: Check) -> None:
    """Say what a stranger's file says of itself."""
    deliver(check, file="", report=inspect.read_credentials(check))


def encoded(
    pixels: Rgb | Rgba, options: Mapping[str, Any], quality: int, beyond: Mask | None = None
) -> bytes:
    """The file that an export's options describe; JPEG at that quality. `beyond` is where the
    product is not, if that is known of a picture that is not made smaller.
    """
    if colour := options.get("colour"):
        pixels = encoding.flatten_alpha(pixels, ImageColor.getrgb(colour)[:3])
    if side := options.get("side"):
        pixels = shrink_to_side(pixels, side=side)
    if language := options.get("label"):
        pixels = label.draw_label(pixels, language=language)
    match options["format"]:
        case "jpeg":
            flat = encoding.flatten_alpha(pixels, WHITE)
            return encoding.encode_white_jpeg(flat, beyond=beyond, quality=quality)
        case "webp":
            # Where a marketplace looks for pure white, none of it may ring.
            return encoding.encode_webp(pixels, quality=100 if options.get("market") else 90)
        case _:
            return encoding.encode_png(pixels, level=PNG_LEVEL)


def seen(run: Run, plan: AttemptPlan) -> tuple[Rgb | Rgba, tuple[int, int]]:
    """The result as it is shown, and the width and height that the full one has."""
    result = read_image(run.value(plan.result))
    if plan.tool.proxied(plan.params):
        return result, plan.size
    height, width = result.shape[:2]
    return shrink_to_pixels(result, pixels=ops.PROXY_PIXELS), (width, height)


def proved(run: Run, attempt: Attempt, plan: AttemptPlan) -> dict[str, Any]:
    """What the result did to the product, for a tool that must keep it; its map is stored."""
    if plan.proof is None:
        return {}
    proof = run.value(plan.proof)
    files.write_file(
        files.attempt_map_path(attempt.pk),
        encoding.encode_webp(fidelity_proofs.render_heatmap(proof["map"]), effort=0),
    )
    return read_facts(proof)


def start(attempt: Attempt, job: Job, plan: AttemptPlan, watch: Watch | None = None) -> Run:
    """A run for the job, up to what only a process with a device can do."""
    also = [filed(job, plan)] if isinstance(job, Export) else []
    chosen = plan.choose_engines(attempt.engines, *also)
    textures.keep_in(settings.STEPS_DIR, settings.STEPS_MAX_BYTES)
    store = handoff.store(attempt)
    return Run(chosen, store, pixels, watch=watch or Report(job), here=is_off_device)


def find_device_step(job: Relay) -> Pending | None:
    """The first step of the job that needs a device, its inputs computed; None when none does."""
    attempt = job.attempt if isinstance(job, Export) else cast("Attempt", job)
    photo = ingest.read_photo_now(attempt.photo)
    if photo.state != Photo.State.READY:
        return None
    plan = plans.plan_attempt(attempt, photo)
    run = start(attempt, job, plan, watch=ignore_progress)
    found = (run.pending(node) for node in wanted(job, plan))
    return next((step for step in found if step), None)


def wanted(job: Relay, plan: AttemptPlan) -> Iterator[Node]:
    """What making the job will ask for."""
    if isinstance(job, Export):
        yield filed(job, plan)
        return
    if isinstance(job, Attempt) and (call := call_files.find_call(job)):
        yield call_files.lay_out(call, plan)
        return
    yield plan.result
    if plan.proof:
        yield plan.proof


def filed(export: Export, plan: AttemptPlan) -> Node:
    """The picture that an export's file holds."""
    if export.options.get("market"):
        return market_files.lay_out(export.attempt, plan, export.options)
    return plan.full


def pixels(digest: str) -> Rgb | Rgba:
    """A photo's pixels, as they were stored when it was read."""
    return encoding.decode_png(files.read_file(files.pixels_path(digest)))
