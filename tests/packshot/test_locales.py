import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.http import HttpResponse, StreamingHttpResponse
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


def test_a_programs_address_has_no_language_whatever_page_asks():
    asked = {"referer": "http://testserver/de/api/", "sec-fetch-dest": "empty"}
    for path in ("/v1.0/removebg", "/admin/login/"):
        request = RequestFactory(headers=asked).post(path)
        by_address(lambda request: HttpResponse(request.path_info))(request)
        assert request.path_info == path
