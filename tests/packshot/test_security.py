import re

import pytest
from django.test import Client

from foundation import import_map

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "http://testserver"}, False),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Cookie": "visitor=x"}, True),
        ({"Cookie": "visitor=x", "Authorization": "Basic x"}, False),
        ({}, False),
    ],
)
def test_another_sites_page_posts_nothing_in_a_visitors_name(headers, foreign):
    answer = Client().post("/pricing/buy/", {"item": "none"}, headers=headers)
    assert (answer.status_code == 403) is foreign


def test_looking_is_free_wherever_one_comes_from():
    assert Client().get("/pricing/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_page_loads_what_is_ours_and_one_script_inside_it():
    answer = Client().get("/pricing/")
    policy = answer["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]+)", policy)[1]
    assert scripts == f"'self' '{import_map.import_map_hash()}'"
    assert "frame-ancestors 'none'" in policy
    assert answer["Permissions-Policy"] == "camera=(self), geolocation=()"


def test_the_desk_may_do_what_its_theme_needs_and_the_site_may_not():
    desk = Client().get("/admin/login/", follow=True)["Content-Security-Policy"]
    assert "'unsafe-eval'" in desk
    assert "unsafe" not in Client().get("/")["Content-Security-Policy"]


def test_what_is_no_page_has_no_policy():
    assert Client().get("/healthz")["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_page_that_is_not_sent_again_keeps_its_policy(client):
    """A browser takes over the headers of a 304: a picture's policy would stop the page's scripts."""
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    policy = again.headers.get("Content-Security-Policy", "")
    assert policy in ("", first.headers["Content-Security-Policy"])
