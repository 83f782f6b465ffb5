"""Refusals in the words of remove.bg's contract: their codes, and titles of our own where they had
several; see docs/removebg.md.
"""

from collections.abc import Mapping
from typing import Any

TITLES: Mapping[str, str] = {
    "missing_source": "No image given",
    "multiple_sources": "Multiple image sources given: Please provide only one of them",
    "multiple_bg_sources": "Multiple backgrounds given: Please provide only one of them",
    "file_too_large": "File too large",
    "resolution_too_high": "Image resolution is too high",
    "invalid_file_type": "Invalid file type",
    "invalid_dimensions": "Invalid image dimensions",
    "failed_to_read_image": "Failed to read image",
    "invalid_image_url": "Invalid image_url parameter given",
    "invalid_bg_image_url": "Invalid bg_image_url parameter given",
    "failed_image_download": "Failed to download image_url",
    "failed_bg_download": "Failed to download bg_image_url",
    "unknown_foreground": "Could not identify foreground in image: see /api/migrate/#errors",
    "roi_exceeds_bounds": "Region of interest exceeds the image",
    "roi_region_empty": "Region of interest is empty",
    "insufficient_credits": "Insufficient credits",
    "auth_failed": "API Key invalid",
    "rate_limit_exceeded": "Rate limit exceeded",
    "not_ready": "Not ready yet: Please send the same request again",
    "not_found": "There is no such address",
    "method_not_allowed": "Method not allowed",
    "internal_error": "Something went wrong on our side, and nothing was charged",
}


class RefusedCallError(Exception):
    """What a program is refused with, by its code."""

    def __init__(
        self,
        code: str,
        status: int = 400,
        *,
        title: str = "",
        detail: str = "",
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.status, self.retry_after = code, status, retry_after
        self.title = title or TITLES.get(code, "") or invalid_title(code)
        self.detail = detail

    def body(self) -> dict[str, Any]:
        """The envelope; values are flat text, for some clients join them."""
        said = {"title": self.title, "code": self.code}
        return {"errors": [{**said, "detail": self.detail} if self.detail else said]}


def invalid_title(code: str) -> str:
    return f"Invalid {code.removeprefix('invalid_')} parameter given"


# What our own errors of a photo are in the contract.
OF_PHOTO: Mapping[str, tuple[str, str]] = {
    "too-many-bytes": ("file_too_large", "The file may have at most 22 MB."),
    "too-many-pixels": ("resolution_too_high", "The image may have at most 50 megapixels."),
    "bomb": ("resolution_too_high", "The image may have at most 50 megapixels."),
    "not-an-image": ("invalid_file_type", "Expected an image (JPEG, PNG, WebP); received none."),
    "svg": ("invalid_file_type", "Expected an image (JPEG, PNG, WebP); received an SVG drawing."),
    "pdf": ("invalid_file_type", "Expected an image (JPEG, PNG, WebP); received a PDF."),
    "type-mismatch": ("invalid_file_type", "The file is not what it is called."),
    "too-small": ("invalid_dimensions", "The image must be at least 2 by 2 pixels."),
}
NO_SUBJECT = {"no-subject", "low-confidence", "nothing-to-place"}
# What is wrong with a file that its header does not show.
UNREADABLE = {"truncated", "damaged", "empty", "refused", "too-many-frames"}


def refuse_photo(error: str, facts: Mapping[str, Any] | None = None) -> RefusedCallError:
    """What a photo was refused for, or could not be had for, as the contract says it."""
    if error in OF_PHOTO:
        code, detail = OF_PHOTO[error]
        return RefusedCallError(code, detail=detail)
    if error in UNREADABLE:
        return RefusedCallError("failed_to_read_image")
    if error == "bad-address":
        return RefusedCallError("invalid_image_url")
    status = (facts or {}).get("status")
    reason = f"HTTP Status {status}" if status else error.replace("-", " ").capitalize()
    code = "failed_image_download"
    return RefusedCallError(code, title=f"{TITLES[code]}: {reason}")


def refuse_background(error: str) -> RefusedCallError:
    """The same of the picture to stand in."""
    if error == "bad-address":
        return RefusedCallError("invalid_bg_image_url")
    reason = error.replace("-", " ").capitalize()
    code = "failed_bg_download"
    return RefusedCallError(code, title=f"{TITLES[code]}: {reason}")


def refuse_attempt(error: str) -> RefusedCallError:
    """Why an attempt failed."""
    if error in NO_SUBJECT:
        return RefusedCallError("unknown_foreground")
    if error == "background-refused":
        return refuse_background(error)
    if error in OF_PHOTO or error in UNREADABLE:
        return refuse_photo(error)
    return RefusedCallError("internal_error", 500)
