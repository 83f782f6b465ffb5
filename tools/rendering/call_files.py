"""The file that a program waits for: laid out from the attempt's matte, and nothing else made."""

import io
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from tools.models import Attempt, Call, Photo
from tools.pipeline import encoding, ops
from tools.pipeline.errors import NoSubjectError, PipelineError
from tools.pipeline.graph import Node, make_source
from tools.pipeline.pixels import Alpha, Rgb, Rgba, drop_alpha, is_rgba, take_alpha
from tools.pipeline.provenance import sandbox_mark
from tools.pipeline.run import Run, read_image
from tools.pricing import durations
from tools.pricing.plans import AttemptPlan
from tools.rendering import ingest
from tools.rendering.progress import deliver
from tools.storage import files

# Somebody waits for the answer: this packs nearly as well as more does, in half the time.
PNG_LEVEL = 2
TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "zip": "application/zip",
}
# Fixed, so that equal pixels give equal archives.
WHEN = (2026, 1, 1, 0, 0, 0)


class BackgroundRefusedError(PipelineError):
    """The picture to stand in could not be had or read; `args` says why."""

    id = "background-refused"
    visitors = True
    again = False


def find_call(attempt: Attempt) -> Call | None:
    """What a program waits for, if one asked for the attempt."""
    return Call.objects.filter(attempt=attempt).first()


def make_file(call: Call, run: Run, plan: AttemptPlan) -> None:
    """Make and store it, and deliver the attempt."""
    begun = time.perf_counter()
    value = lay_out_or_look_again(call, run, plan)
    picture = read_image(value)
    if call.options["mark"]:
        picture = sandbox_mark.draw_sandbox_mark(picture)
    packed = pack_file(picture, call.options)
    name = files.call_path(call.attempt_id, packed.suffix)
    files.write_file(name, packed.data)
    Call.objects.filter(pk=call.pk).update(file=name)
    height, width = picture.shape[:2]
    said = {
        "width": width,
        "height": height,
        "foreground": [int(number) for number in value["foreground"]],
        "content_type": packed.content_type,
    }
    deliver(
        call.attempt,
        seconds=time.perf_counter() - begun,
        facts={"call": said},
        width=width,
        height=height,
    )
    durations.learn_durations(run.timings, run.engines, megapixels=width * height / 1e6)


def lay_out_or_look_again(call: Call, run: Run, plan: AttemptPlan) -> Mapping[str, Any]:
    """The picture and what is said of it. A region that cuts through the product shows none by
    itself: then it is what of the whole picture's product lies in it. Raises NoSubjectError.
    """
    try:
        found = run.value(lay_out(call, plan))
    except NoSubjectError:
        if not call.options["roi"]:
            raise
        found = run.value(lay_out(call, plan, looks_at_whole=True))
    return cast("Mapping[str, Any]", found)


def lay_out(call: Call, plan: AttemptPlan, *, looks_at_whole: bool = False) -> Node:
    """The picture that the file holds, as steps; the product is looked for in the region alone."""
    options = call.options
    width, height = options["size"]
    photo = ops.fit_to_size(plan.whole, width=width, height=height)
    part, place = photo, {"at": [0, 0]}
    if looks_at_whole:
        place["region"] = options["roi"]
    elif options["roi"] and options["roi"] != [0, 0, width, height]:
        part, place = ops.take_part(photo, options["roi"]), {"at": options["roi"][:2]}
    alpha = ops.make_matte(part, strokes=[])
    inputs = [photo, alpha, ops.make_foreground(part, alpha)]
    if options["background"]:
        inputs.append(find_background(options["background"]))
    asked = {name: options[name] for name in ("margins", "scale", "position", "colour", "shadow")}
    return ops.lay_on_canvas(*inputs, **place, **asked, keeps_ground=options["format"] == "zip")


def find_background(photo_id: str) -> Node:
    """The picture that the product is to stand in."""
    photo = ingest.read_photo_now(Photo.objects.get(pk=photo_id))
    if photo.state != Photo.State.READY:
        raise BackgroundRefusedError(photo.error)
    return make_source(photo.digest, photo.width, photo.height)


@dataclass(frozen=True)
class Packed:
    data: bytes
    suffix: str
    content_type: str


def pack_file(picture: Rgb | Rgba, options: Mapping[str, Any]) -> Packed:
    """The file of the format that is wished for, JPEG on white where it is clear."""
    form = options["format"]
    if form == "zip":
        data = zip_parts(picture)
    elif options["channels"] == "alpha":
        data = encode_grey(find_alpha(picture), form)
    else:
        data = encode_colours(picture, form)
    return Packed(data, form, TYPES[form])


def encode_colours(picture: Rgb | Rgba, form: str) -> bytes:
    match form:
        case "png":
            return encoding.encode_png(picture, level=PNG_LEVEL)
        case "webp":
            return encoding.encode_webp(picture, effort=2)
        case _:
            return encoding.encode_jpeg(picture)


def encode_grey(grey: Alpha, form: str) -> bytes:
    match form:
        case "png":
            return encoding.encode_grey_png(grey)
        case "webp":
            return encoding.encode_webp(as_rgb(grey))
        case _:
            return encoding.encode_grey_jpeg(grey)


def zip_parts(picture: Rgb | Rgba) -> bytes:
    """The colours and the alpha as files of their own, stored as they are: neither packs further."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        colour = encoding.encode_jpeg(drop_alpha(picture))
        archive.writestr(zipfile.ZipInfo("color.jpg", WHEN), colour)
        grey = encoding.encode_grey_png(find_alpha(picture))
        archive.writestr(zipfile.ZipInfo("alpha.png", WHEN), grey)
    return out.getvalue()


def find_alpha(picture: Rgb | Rgba) -> Alpha:
    if is_rgba(picture):
        return take_alpha(picture)
    return Alpha(np.full(picture.shape[:2], 255, np.uint8))


def as_rgb(grey: Alpha) -> Rgb:
    return Rgb(np.dstack((grey, grey, grey)))
