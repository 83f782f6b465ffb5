import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

ADDRESS = "ada@example.com"


@pytest.fixture(autouse=True)
def nobody_was_here():
    """The limits on letters to one address do not count the last test's."""
    cache.clear()


@pytest.fixture
def with_code(browser):
    """Type the code of the last letter into the page that asks for it."""

    def with_code(answer):
        code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE)[1]
        return browser.post(answer["Location"], {"code": code, "action": "verify"})

    return with_code


@pytest.fixture
def door(browser):
    """Ask for a code."""

    def door(address=ADDRESS, by=browser):
        return by.post("/accounts/login/code/", {"email": address})

    return door


@pytest.fixture
def other():
    """Somebody else's browser."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"})
