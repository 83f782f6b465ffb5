import asyncio

import pytest

from foundation.body_limit import MOST_OF_A_GET, BodyLimit

MOST = 100


def asked(*pieces, method="POST", length=None, scope="http", answers_first=False):
    """The status and how much the site was given of a body that comes in these pieces."""
    given, sent = [], []

    async def site(_scope, receive, send):
        if answers_first:
            await send({"type": "http.response.start", "status": 200})
        while len(given) < len(pieces):
            given.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 200})

    bodies = iter(pieces)

    async def receive():
        return {"type": "http.request", "body": next(bodies)}

    async def send(message):
        sent.append(message)

    headers = [(b"content-length", b"%d" % length)] if length is not None else []
    asyncio.run(
        BodyLimit(site, MOST)({"type": scope, "method": method, "headers": headers}, receive, send)
    )
    return sent[0]["status"], b"".join(given)


def test_what_fits_reaches_the_site():
    assert asked(b"a" * 60, b"b" * 40, length=100) == (200, b"a" * 60 + b"b" * 40)


def test_what_is_announced_as_too_much_is_refused_before_a_byte_is_read():
    assert asked(b"a", length=MOST + 1) == (413, b"")


def test_what_was_not_announced_is_refused_as_it_comes():
    assert asked(b"a" * 60, b"b" * 41) == (413, b"a" * 60)
    assert asked(b"a" * 60, b"b" * 41, length=1) == (413, b"a" * 60)


def test_an_answer_that_has_begun_is_not_begun_again():
    assert asked(b"a" * 101, answers_first=True)[0] == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_request_that_says_nothing_has_a_limit_of_its_own(method):
    assert asked(b"", method=method, length=MOST + 1)[0] == 200
    assert asked(b"", method=method, length=MOST_OF_A_GET + 1)[0] == 413


def test_what_is_no_request_is_left_alone():
    assert asked(b"a" * 200, scope="lifespan")[0] == 200
