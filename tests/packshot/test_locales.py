import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.http import StreamingHttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language, gettext

from packshot.locales import by_address


async def pieces():
    for _ in range(2):
        yield gettext("Settings").encode()
        await asyncio.sleep(0)


async def told(path, headers):
    request = RequestFactory(headers=headers).get(path)
    response = by_address(lambda _: StreamingHttpResponse(pieces()))(request)
    return [piece async for piece in response]


def streamed(path, headers):
    """In a thread of its own: where a browser is being driven, this one has its loop already."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, told(path, headers)).result()


def test_what_streams_after_the_answer_keeps_its_language():
    asked = {"referer": "http://testserver/de/", "sec-fetch-dest": "empty"}
    assert streamed("/events/", asked) == [b"Einstellungen"] * 2
    assert streamed("/events/", {}) == [b"Settings"] * 2
    assert get_language() == "en"
