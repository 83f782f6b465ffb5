"""Why a file is refused, one class for each reason. The words are a template's."""

from tools.pipeline.errors import PipelineError


class RefusedError(PipelineError):
    """The base of all refusals: the visitor's to mend, and the same file will not do later."""

    id = "refused"
    visitors = True
    again = False


class EmptyError(RefusedError):
    """The file has no bytes."""

    id = "empty"


class NotAnImageError(RefusedError):
    """None of the formats that we read."""

    id = "not-an-image"


class SvgError(RefusedError):
    """A drawing: it has no pixels of its own, and it can hold programs and links."""

    id = "svg"


class PdfError(RefusedError):
    """A document, not a picture."""

    id = "pdf"


class TypeMismatchError(RefusedError):
    """The file's name or its declared type says that it is no picture, and its bytes that it is."""

    id = "type-mismatch"


class TruncatedError(RefusedError):
    """The file ends before the picture does."""

    id = "truncated"


class TooManyBytesError(RefusedError):
    """The file is larger than `Limits.bytes`."""

    id = "too-many-bytes"


class TooManyPixelsError(RefusedError):
    """The picture is larger than `Limits.pixels`."""

    id = "too-many-pixels"


class BombError(RefusedError):
    """A small file made to unfold into something huge; no camera or editor writes such a one."""

    id = "bomb"


class TooHeavyError(RefusedError):
    """Reading it took more memory or time than one file is given, or brought the decoder down."""

    id = "too-heavy"


class TooSmallError(RefusedError):
    """Zero or one pixel wide or high."""

    id = "too-small"


class TooNarrowError(RefusedError):
    """More than `Limits.ratio` times as long as it is wide, or as it is high."""

    id = "too-narrow"


class TooManyFramesError(RefusedError):
    """More frames, or pages, than `Limits.frames`."""

    id = "too-many-frames"


class DamagedError(RefusedError):
    """A format that we read, but what stands in the file contradicts itself."""

    id = "damaged"
