"""Limit of request bodies, before anything of them is put on a disk."""

from collections.abc import Awaitable, Callable
from typing import Any

App = Callable[[Any, Any, Any], Awaitable[None]]
WORDS = b"That is more than this site takes in one request.\n"
# Of a request that has nothing to say.
MOST_OF_A_GET = 64 * 2**10


class TooLargeError(Exception):
    """More came than was announced or is allowed."""


class BodyLimit:
    """Refuses, with 413, requests of more than so many bytes: as announced, or as they come."""

    def __init__(self, app: App, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = MOST_OF_A_GET if scope["method"] in {"GET", "HEAD", "OPTIONS"} else self.most
        if announced(scope) > most:
            await refuse(send)
            return
        answer = Answer(send)
        try:
            await self.app(scope, Counted(receive, most), answer)
        except TooLargeError:
            if not answer.begun:
                await refuse(send)


class Counted:
    """What is received, counted."""

    def __init__(self, receive: Any, most: int) -> None:
        self.receive = receive
        self.left = most

    async def __call__(self) -> Any:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise TooLargeError
        return message


class Answer:
    """What is sent, and whether any of it was."""

    def __init__(self, send: Any) -> None:
        self.send = send
        self.begun = False

    async def __call__(self, message: Any) -> None:
        self.begun = True
        await self.send(message)


def announced(scope: Any) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return max((int(value) for value in lengths if value.isdigit()), default=0)


async def refuse(send: Any) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(WORDS)),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": WORDS})
