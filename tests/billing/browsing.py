"""A browser, and what a person reads in it."""

import re

from django.test import Client

from accounts.visitors import COOKIE
from tests.cookies import signed


def as_browser(user=None, visitor=None):
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    if user:
        client.force_login(user)
    if visitor:
        client.cookies[COOKIE] = signed(COOKIE, str(visitor.pk))
    return client


def text(answer):
    page = re.sub(r"<(style|script).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def said(client, url, data):
    """What the account page says after a form was sent."""
    return text(client.post(url, data, follow=True))
