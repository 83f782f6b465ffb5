"""From whatever colours a file's profile means to sRGB."""

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

# The modes in which LittleCMS reads pixels of each of the profiles' colour spaces.
SPACES = {"RGB ": ("RGB", "RGBA"), "GRAY": ("L",), "CMYK": ("CMYK",), "Lab ": ("LAB",)}
STEPS = 9


def convert_to_srgb(picture: Image.Image, profile: bytes | None) -> tuple[Image.Image, str | None]:
    """The picture as RGB or RGBA (an L without a profile stays L), and the name of the profile
    that was followed. One that is broken, or made for other colours, is passed over.

    Relative colorimetric with black point compensation, as image editors do by default. An RGB
    picture may be changed in place.
    """
    if picture.mode == "LAB" and profile is None:
        return _from_lab(picture), "CIELAB"
    found = _opened(profile) if profile else None
    if found is None or picture.mode not in SPACES.get(found.profile.xcolor_space, ()):
        return as_it_is(picture), None
    name = (found.profile.profile_description or "unnamed").strip("\0 ")[:120]
    try:
        if picture.mode in {"RGB", "RGBA"}:
            return _converted(picture, found), name
        turn = _transform(found, picture.mode, "RGB")
        return ImageCms.applyTransform(picture, turn) or picture, name
    except (ImageCms.PyCMSError, ValueError, OSError):
        return as_it_is(picture), None


@lru_cache(maxsize=1)
def srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _opened(profile: bytes) -> ImageCms.ImageCmsProfile | None:
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except (OSError, ValueError, TypeError):
        return None


def _transform(
    source: ImageCms.ImageCmsProfile, incoming: str, outgoing: str
) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        source,
        srgb(),
        incoming,
        outgoing,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _converted(picture: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    if _changes_nothing(source):
        return picture
    turn = _transform(source, picture.mode, picture.mode)
    ImageCms.applyTransform(picture, turn, inPlace=True)
    return picture


def _changes_nothing(source: ImageCms.ImageCmsProfile) -> bool:
    """True where it moves no colour by more than one level: sRGB under any of its many names.
    Pixels then stay what they are, to the bit.
    """
    levels = np.linspace(0, 255, STEPS).astype(np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(STEPS, -1, 3)
    probe = Image.fromarray(cube)
    ImageCms.applyTransform(probe, _transform(source, "RGB", "RGB"), inPlace=True)
    return bool(np.abs(np.asarray(probe).astype(int) - cube).max() <= 1)


def _from_lab(picture: Image.Image) -> Image.Image:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    return ImageCms.applyTransform(picture, _transform(lab, "LAB", "RGB")) or picture


def as_it_is(picture: Image.Image) -> Image.Image:
    """The same numbers as L, RGB or RGBA, whatever colours they mean."""
    return picture if picture.mode in {"L", "RGB", "RGBA"} else picture.convert("RGB")
