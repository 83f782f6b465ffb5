"""Where a picture's pixels come from, in IPTC's words (NewsCodes, digital source type)."""

from collections.abc import Iterable
from typing import Literal

Source = Literal[
    "algorithmicallyEnhanced",  # an algorithm changed the photo: cut-out, light, enlargement
    "compositeCapture",  # put together from photos only
    "composite",  # put together from a photo and something drawn by rules
    "compositeWithTrainedAlgorithmicMedia",  # a generative model changed or added a part
    "trainedAlgorithmicMedia",  # made by a generative model
]

SCHEME = "http://cv.iptc.org/newscodes/digitalsourcetype/"
GENERATED: frozenset[str] = frozenset(
    {
        "compositeWithTrainedAlgorithmicMedia",
        "trainedAlgorithmicMedia",
        "compositeSynthetic",  # not ours to write, but others' to be read
    }
)
# The later one says more, and stands for the whole picture.
ORDER: tuple[Source, ...] = (
    "algorithmicallyEnhanced",
    "compositeCapture",
    "composite",
    "compositeWithTrainedAlgorithmicMedia",
    "trainedAlgorithmicMedia",
)


def uri(source: str) -> str:
    return SCHEME + source


def code(uri: str) -> str:
    """The last part of the address: what other makers wrote is taken as it stands."""
    return uri.rstrip("/").rpartition("/")[2]


def overall(sources: Iterable[Source], *, photo: bool) -> Source:
    """What the picture as a whole is. A generated part in a photo makes it a composite with
    generated media; only without a photo is it generated media and nothing else.
    """
    found: Source = max(sources, key=ORDER.index, default="algorithmicallyEnhanced")
    if photo and found == "trainedAlgorithmicMedia":
        return "compositeWithTrainedAlgorithmicMedia"
    return found
