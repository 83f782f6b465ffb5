"""Errors of photos and attempts. The id is the contract; the words are in templates."""

from collections.abc import Mapping
from typing import Any


class ToolsError(Exception):
    """The base of all of them.

    `visitors` says whose it is to mend (the visitor's, or ours), `again` whether trying the same
    again is sensible, `status` what HTTP calls it, `facts` what its words speak of.
    """

    id = "tools"
    visitors = True
    again = False
    status = 422

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.id)
        self.facts: Mapping[str, Any] = facts


class NoPhotoError(ToolsError):
    """A post that should carry a photo and carries none."""

    id = "no-photo"


class NothingChangesError(ToolsError):
    """With these settings the tool would leave the photo as it is."""

    id = "nothing-changes"


class DearerThanSaidError(ToolsError):
    """It costs more than whoever asked for it had been told; `credits` says how much."""

    id = "dearer-than-said"
    again = True
    status = 409


class PartMisplacedError(ToolsError):
    """A part of an upload that does not follow what is here; `offset` says where it stands."""

    id = "part-misplaced"
    again = True
    status = 409


class PhotoGoneError(ToolsError):
    """The photo has died, or is somebody else's."""

    id = "photo-gone"
    status = 404


class UnknownSampleError(ToolsError):
    id = "unknown-sample"
    status = 404


class DiskFullError(ToolsError):
    """The photo could not be stored."""

    id = "disk-full"
    visitors = False
    again = True
    status = 503


class NotFinishedError(ToolsError):
    """Something that only a finished attempt has."""

    id = "not-finished"
    again = True
    status = 409


class CheckLostError(ToolsError):
    """A file that was being verified when its worker stopped: it is gone, and not read again."""

    id = "check-lost"
    again = True


class TooManyChecksError(ToolsError):
    """More files wait to be verified than this server takes in at once."""

    id = "too-many-checks"
    visitors = False
    again = True
    status = 503


class TooManyError(ToolsError):
    """More open attempts than one visitor may have."""

    id = "too-many"
    again = True
    status = 429


class ResultTooLargeError(ToolsError):
    """The result would have more pixels than we make."""

    id = "result-too-large"


class NoFavouritesError(ToolsError):
    """An archive of favourites where none is marked and done."""

    id = "no-favourites"


class TooManyFavouritesError(ToolsError):
    """More favourites than one archive takes."""

    id = "too-many-favourites"


class NotAllMadeError(ToolsError):
    """A file that should be in an archive could not be made, or was deleted meanwhile."""

    id = "not-all-made"
    again = True


class NothingPaintedError(ToolsError):
    """A tool that works where the visitor paints, and nothing was painted."""

    id = "nothing-painted"


class NothingWrittenError(ToolsError):
    """A tool that does what the visitor writes, and nothing was written."""

    id = "nothing-written"


class FetchingIsOffError(ToolsError):
    """This server fetches no photos from the web."""

    id = "fetching-is-off"
    visitors = False
    status = 403


class BadAddressError(ToolsError):
    """No address of the open web: another scheme, a port, a password, or no address at all."""

    id = "bad-address"


class PrivateAddressError(ToolsError):
    """An address that leads to where only insiders are."""

    id = "private-address"


class UnreachableError(ToolsError):
    """Nobody answered at the address, or not with a file; `status` says what came instead."""

    id = "unreachable"
    again = True


class TimedOutError(ToolsError):
    """It did not come within the time that we wait."""

    id = "timed-out"
    again = True


class TooManyRedirectsError(ToolsError):
    id = "too-many-redirects"


class TooManyFetchesError(ToolsError):
    """More photos on their way from the web than one visitor, or one network, may have."""

    id = "too-many-fetches"
    again = True
    status = 429


class NotFetchedError(ToolsError):
    """A photo that is still on its way from the web: nobody knows yet how large it is."""

    id = "not-fetched"
    again = True
    status = 409


class PictureNotReadyError(ToolsError):
    """A picture to stand in that nobody has read yet."""

    id = "picture-not-ready"
    again = True
    status = 409


class ShareEndedError(ToolsError):
    """A shared result whose time is over, that was revoked, or that never was."""

    id = "share-ended"
    status = 410


class NotDownloadedError(ToolsError):
    """A rating by somebody who has downloaded nothing that the tool made."""

    id = "not-downloaded"
    status = 403


class TooManyEventsError(ToolsError):
    """More events than one beacon, or one network, may bring."""

    id = "too-many-measures"
    status = 429


class GivenBackError(ToolsError):
    """Its credits went back to the visitor, and the full size with them to us."""

    id = "given-back"
    status = 410
