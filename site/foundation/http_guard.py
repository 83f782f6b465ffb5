"""Guard of the web server's connections, for where no proxy stands before it.

A header that has no end is not gathered, and nobody who sends slowly, or nothing, keeps a
connection. Bodies are counted where the application reads them (`body_limit`).
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Request line and header lines together; browsers' and proxies' own limits are at most this.
MOST_HEADER_BYTES = 64 * 2**10
# A header is whole after so many seconds, and a body goes on after as many.
HEADER_SECONDS = 10.0
BODY_SECONDS = 30.0
END = b"\r\n\r\n"
REFUSALS = {
    408: b"Request Timeout",
    431: b"Request Header Fields Too Large",
}


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's own, with ends to what it waits for: `uvicorn --http foundation.http_guard:…`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.header_bytes = 0
        # What has been received of the header's end, where it comes in two parts.
        self.tail = b""
        self.is_in_header = True
        self.deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self.expect_more(HEADER_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self.expect_nothing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.is_in_header:
            end = (self.tail + data).find(END)
            self.header_bytes += len(data) if end < 0 else max(0, end - len(self.tail))
            self.tail = data[-len(END) + 1 :]
            if self.header_bytes > MOST_HEADER_BYTES:
                self.refuse(431)
                return
        else:
            self.expect_more(BODY_SECONDS)
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        # The next request of a connection that was kept: its header has its own time.
        self.expect_more(HEADER_SECONDS)

    def on_headers_complete(self) -> None:
        self.is_in_header, self.tail = False, b""
        self.expect_more(BODY_SECONDS)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        # An answer may take as long as it takes, and between requests uvicorn itself watches.
        self.expect_nothing()
        self.is_in_header, self.header_bytes, self.tail = True, 0, b""
        super().on_message_complete()

    def expect_more(self, seconds: float) -> None:
        self.expect_nothing()
        self.deadline = self.loop.call_later(seconds, self.give_up)

    def expect_nothing(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def give_up(self) -> None:
        # While the application reads no further, it is not the client that is slow.
        if self.flow is not None and self.flow.read_paused:
            self.expect_more(BODY_SECONDS)
            return
        self.refuse(408)

    def refuse(self, status: int) -> None:
        """Say why, if nothing was said yet, and end the connection."""
        self.expect_nothing()
        if self.transport is None or self.transport.is_closing():
            return
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            line = b"HTTP/1.1 %d %s\r\n" % (status, REFUSALS[status])
            self.transport.write(line + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()
