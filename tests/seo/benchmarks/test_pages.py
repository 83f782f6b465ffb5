import asyncio
import os

import pytest

from seo.benchmarks import pages


def answered(head, body=b""):
    """What comes of asking a server that answers so; and what it was asked."""

    class Writer:
        sent = b""

        def write(self, data):
            self.sent += data

    async def ask():
        reader, writer = asyncio.StreamReader(), Writer()
        reader.feed_data(head + body)
        reader.feed_eof()
        await pages.answer(reader, writer, "/mugs/")
        return writer.sent, await reader.read()

    return asyncio.run(ask())


def test_a_page_is_read_to_its_last_byte_and_no_further():
    sent, rest = answered(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", b"pagenext")
    assert sent.startswith(b"GET /mugs/ HTTP/1.1\r\n")
    assert rest == b"next"


def test_a_page_that_is_none_stops_the_measurement():
    with pytest.raises(RuntimeError, match="/mugs/"):
        answered(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


def test_what_a_process_has_computed_only_grows():
    before = pages.spent([os.getpid()])
    sum(range(3_000_000))
    assert pages.spent([os.getpid()]) >= before > 0
    assert pages.spent([os.getpid()] * 2) >= 2 * before
