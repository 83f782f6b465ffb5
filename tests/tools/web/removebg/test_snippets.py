"""Code that was written for remove.bg, as their readers have it in eight languages."""

import pytest
from django.test import Client

from tools.web.removebg.snippets import rewrite_snippet

HERE = "https://shop.example"
WRITTEN = {
    "curl": "curl -H 'X-API-Key: KEY' -F 'image_file=@a.jpg' https://api.remove.bg/v1.0/removebg -o b.png",
    "Python": "import requests\nrequests.post('https://api.remove.bg/v1.0/removebg', files={})",
    "Node": "const answer = await fetch('https://api.remove.bg/v1.0/removebg', {method: 'POST'});",
    "PHP": "<?php $client = new GuzzleHttp\\Client();\n$client->post('https://api.remove.bg/v1.0/removebg');",
    "Ruby": "require 'net/http'\nNet::HTTP.post(URI('https://api.remove.bg/v1.0/removebg'), body)",
    "Go": 'package main\nfunc main() { http.NewRequest("POST", "https://api.remove.bg/v1.0/removebg", b) }',
    "Java": 'import java.net.http.*;\nHttpRequest.newBuilder(URI.create("https://api.remove.bg/v1.0/removebg"));',
    "C#": 'using System.Net.Http;\nvar client = new HttpClient();\nclient.PostAsync("https://api.remove.bg/v1.0/removebg", f);',
}


@pytest.mark.parametrize("language", WRITTEN)
def test_the_address_is_replaced_and_nothing_else(language):
    found = rewrite_snippet(WRITTEN[language], HERE)
    assert found.language == language
    assert found.code == WRITTEN[language].replace("https://api.remove.bg", HERE)
    assert not found.needs_shim


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("from removebg import RemoveBg\nRemoveBg('K', 'log')", "API_ENDPOINT ="),
        ("  from remove_bg_api import RemoveBg\n", "  import remove_bg_api; remove_bg_api.API_URL"),
        ("require 'remove_bg'\nRemoveBg.from_file('a.jpg')", "RemoveBg::Api::URL ="),
        ("<?php\n$removebg = new RemoveBg('K');\n", "$removebg->endpoint = 'https://shop.example"),
    ],
)
def test_a_library_is_pointed_here_after_it_is_loaded(code, line):
    found = rewrite_snippet(code, HERE)
    assert line in found.code.split("\n")[1 if "php" not in code else 2]
    assert HERE in found.code
    # What was there is there still, in its order.
    assert [word for word in found.code.split("\n") if word in code.split("\n")] == code.split("\n")


@pytest.mark.parametrize("code", ["const r = require('remove.bg');", "removebg photo.jpg -o a.png"])
def test_a_client_with_the_address_inside_needs_the_shim(code):
    assert rewrite_snippet(code, HERE).needs_shim


def test_what_asks_remove_bg_for_nothing_is_not_changed():
    assert rewrite_snippet("print('hello')", HERE) is None


def test_the_page_takes_code_and_gives_it_back(db):
    page = Client(headers={"Sec-Fetch-Site": "same-origin"})
    code = WRITTEN["curl"]
    answer = page.post("/api/migrate/", {"code": code}).content.decode()
    assert "http://testserver/v1.0/removebg -o b.png" in answer
    assert (
        "<script>alert"
        not in page.post("/api/migrate/", {"code": "<script>alert(1)"}).content.decode()
    )
    assert "Nothing in this asks" in page.post("/api/migrate/", {"code": "hello"}).content.decode()
    assert page.post("/de/api/migrate/", {"code": code}).status_code == 200


def test_the_manual_leads_there_and_to_the_pages_about_it(db):
    manual = Client().get("/api/").content.decode()
    for address in ("/api/migrate/", "/remove-bg-alternative/", "/remove-bg-api-replacement/"):
        assert f'href="{address}"' in manual
    # In a language that the pages are not written in they are in English.
    french = Client().get("/fr/api/").content.decode()
    assert 'href="/fr/api/migrate/"' in french
    assert 'href="/remove-bg-alternative/"' in french
