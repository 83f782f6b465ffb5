"""A real server and raw connections: what is endless or slow is ended, the rest is answered."""

import asyncio
import contextlib

import pytest
import uvicorn

from foundation import http_guard
from foundation.body_limit import BodyLimit

PATIENCE = 30
MOST = 100_000


async def echo(scope, receive, send):
    """Says how much was sent."""
    if scope["type"] != "http":
        return
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Started(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config):
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets=None):
        await super().startup(sockets)
        self.listens.set()


@contextlib.asynccontextmanager
async def served():
    config = uvicorn.Config(
        BodyLimit(echo, MOST),
        port=0,
        http=http_guard.GuardedProtocol,
        log_level="critical",
        lifespan="off",
    )
    server = Started(config)
    running = asyncio.create_task(server.serve())
    await server.listens.wait()
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await running


def said(*parts):
    """What the server answers to these bytes, sent one after the other, until it closes."""

    async def talk():
        async with served() as port, asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            with contextlib.suppress(ConnectionError):
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(0)
            answer = b""
            with contextlib.suppress(ConnectionError):
                answer = await reader.read()
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
            return answer

    return asyncio.run(talk())


def post(body, *, length=None):
    head = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {length or len(body)}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + body


def chunked(parts):
    yield b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    for part in parts:
        yield f"{len(part):x}\r\n".encode() + part + b"\r\n"
    yield b"0\r\n\r\n"


def test_an_ordinary_request_is_answered():
    assert said(post(b"x" * 5000)).endswith(b"\r\n\r\n5000")
    assert said(*chunked([b"x" * 2000] * 3)).endswith(b"\r\n\r\n6000")
    long_header = b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 30_000
    assert b" 200 " in said(long_header, b"\r\nConnection: close\r\n\r\n")


def test_a_header_without_end_is_not_gathered():
    line = b"GET / HTTP/1.1\r\nHost: a\r\nX: "
    answer = said(line, *[b"y" * 50_000] * 40)
    assert answer == b"" or b" 431 " in answer
    many = said(line, *[b"a: b\r\n" * 10_000] * 10)
    assert many == b"" or b" 431 " in many


@pytest.mark.parametrize(
    "parts",
    [
        [post(b"", length=600_000_000)],
        [b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99000\r\n\r\n"],
    ],
    ids=["announced", "with a GET"],
)
def test_a_body_that_is_too_large_is_refused(parts):
    assert b" 413 " in said(*parts)


def test_a_body_that_was_not_announced_is_cut_off():
    """The client, still sending, may lose the connection before it has read why."""
    answer = said(*chunked([b"x" * 30_000] * 10))
    assert answer == b"" or b" 413 " in answer


@pytest.mark.parametrize(
    "parts",
    [[], [b"GET / HT"], [b"GET / HTTP/1.1\r\nHost: a\r\n"], [post(b"only half", length=100)]],
    ids=["nothing", "half a line", "half a header", "half a body"],
)
def test_who_sends_nothing_more_loses_the_connection(parts, monkeypatch):
    monkeypatch.setattr(http_guard, "HEADER_SECONDS", 0.05)
    monkeypatch.setattr(http_guard, "BODY_SECONDS", 0.05)
    assert b" 408 " in said(*parts)
