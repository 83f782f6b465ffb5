import json
from datetime import date

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from seo.desk.metrics import search_console_api
from seo.desk.models import SearchResult

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def test_the_api_is_asked_with_a_signed_assertion_and_its_rows_are_kept(
    written, settings, tmp_path
):
    page = written("mug", live=True).page
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = tmp_path / "key.json"
    told = {"client_email": "desk@example", "token_uri": "https://oauth.example/token"}
    file.write_text(json.dumps(told | {"private_key": pem.decode()}))
    settings.SEARCH_CONSOLE_KEY, settings.SEARCH_CONSOLE_SITE = (
        str(file),
        "sc-domain:packshot.example",
    )

    def answer(request):
        if request.url.host == "oauth.example":
            assert b"assertion=ey" in request.content
            return httpx.Response(200, json={"access_token": "t"})
        assert request.headers["Authorization"] == "Bearer t"
        assert b"sc-domain%3Apackshot.example" in request.url.raw_path
        address = "https://packshot.example/mug-photos/"
        row = {"keys": ["2026-11-01", address], "clicks": 3, "impressions": 90, "position": 5.5}
        return httpx.Response(200, json={"rows": [row]})

    brought = search_console_api.fetch_rows(httpx.Client(transport=httpx.MockTransport(answer)))
    assert brought.kept == 1
    assert SearchResult.objects.get(page=page, first=DAY, last=DAY).clicks == 3
    refused = httpx.MockTransport(lambda _: httpx.Response(403))
    assert search_console_api.fetch_rows(httpx.Client(transport=refused)) is None


def test_without_a_key_nobody_is_asked():
    assert search_console_api.fetch_rows() is None
