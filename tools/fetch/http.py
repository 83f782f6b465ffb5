"""HTTP download, bounded in size and time, from the very address that was looked at."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from typing import IO
from urllib.parse import urljoin

from tools.errors import (
    BadAddressError,
    TimedOutError,
    ToolsError,
    TooManyRedirectsError,
    UnreachableError,
)
from tools.fetch import addresses
from tools.fetch.addresses import Place
from tools.pipeline.intake.errors import TooManyBytesError

MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
OK = 200
CHUNK = 64 * 1024
# One of several addresses that does not answer leaves time for the others.
SECONDS_TO_CONNECT = 4.0
# All that we say of ourselves: no cookie, no name, nothing of the visitor's.
HEADERS = {"User-Agent": "Packshot (fetches a photo for its user)", "Accept": "image/*"}


class Deadline:
    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self) -> float:
        """Raises TimedOutError when nothing is."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise TimedOutError
        return seconds


class Pinned(HTTPConnection):
    """Speaks over a connection that is there and opens no other."""

    auto_open = 0

    def __init__(self, place: Place, connected: socket.socket) -> None:
        super().__init__(place.host, place.port)
        # So that a default port is not named to the server.
        self.default_port = addresses.DEFAULT_PORTS[place.scheme]
        self.sock = connected


def download_url(
    address: str, into: IO[bytes], *, most: int, seconds: float, report: Callable[[float], None]
) -> Place:
    """Write what is at the address into the file, and say where it was in the end.

    Raises BadAddressError, PrivateAddressError, UnreachableError, TimedOutError,
    TooManyRedirectsError or TooManyBytesError.
    """
    deadline = Deadline(seconds)
    place = addresses.parse_address(address)
    for _ in range(MOST_REDIRECTS + 1):
        with answer(place, deadline) as response:
            onward = response.headers.get("Location")
            if response.status not in REDIRECTS or not onward:
                keep(response, into, most, report, deadline)
                return place
        place = redirected(place, onward)
    raise TooManyRedirectsError


def redirected(place: Place, onward: str) -> Place:
    """Where to go on; it is looked at as if the visitor had asked for it."""
    try:
        return addresses.parse_address(urljoin(place.url, onward))
    except ValueError:
        raise BadAddressError from None


@contextmanager
def answer(place: Place, deadline: Deadline) -> Iterator[HTTPResponse]:
    """The head of the server's answer; the body is read inside the block."""
    with connected(place, deadline) as sock:
        try:
            pinned = Pinned(place, sock)
            pinned.request("GET", place.target, headers=HEADERS)
            yield pinned.getresponse()
        except ToolsError:
            raise
        except (OSError, HTTPException) as error:
            deadline.left()
            raise UnreachableError from error


@contextmanager
def connected(place: Place, deadline: Deadline) -> Iterator[socket.socket]:
    """A connection to one of the place's addresses, that is cut when the time is over."""
    with closing(opened(place, deadline)) as plain:
        sock = plain
        if place.scheme == "https":
            # The certificate is for the name, whatever address it came to.
            sock = ssl.create_default_context().wrap_socket(
                plain, server_hostname=place.host, do_handshake_on_connect=False
            )
        guard = Timer(deadline.left(), cut, [sock])
        guard.daemon = True
        guard.start()
        try:
            if isinstance(sock, ssl.SSLSocket):
                shake(sock, deadline)
            yield sock
        finally:
            guard.cancel()
            sock.close()


def opened(place: Place, deadline: Deadline) -> socket.socket:
    for address in addresses.resolved(place, deadline.left()):
        wait = min(deadline.left(), SECONDS_TO_CONNECT)
        with suppress(OSError):
            sock = socket.create_connection((address, place.port), timeout=wait)
            sock.settimeout(deadline.left())
            return sock
    deadline.left()
    raise UnreachableError


def shake(sock: ssl.SSLSocket, deadline: Deadline) -> None:
    try:
        sock.do_handshake()
    except OSError as error:
        deadline.left()
        raise UnreachableError from error


def cut(sock: socket.socket) -> None:
    """Wake whoever reads from it. A timeout alone starts anew with every byte that comes."""
    with suppress(OSError):
        # Not the method of an SSL socket, which forgets its state under the reader's hands.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def keep(
    response: HTTPResponse,
    into: IO[bytes],
    most: int,
    report: Callable[[float], None],
    deadline: Deadline,
) -> None:
    if response.status != OK:
        raise UnreachableError(status=response.status)
    length = response.length
    if length is not None and length > most:
        raise TooManyBytesError
    size = 0
    # A server may keep the line open after the last byte.
    while (length is None or size < length) and (chunk := response.read1(CHUNK)):
        size += len(chunk)
        if size > most:
            raise TooManyBytesError
        into.write(chunk)
        report(size / length if length else 0.0)
        deadline.left()
    deadline.left()
    if length is not None and size < length:
        raise UnreachableError
