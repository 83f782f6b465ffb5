"""Programs that come with an API key."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from billing.accounts import api_keys, closing, payers
from billing.credits import grants
from billing.models import Account, Hold, Source
from tools.models import Photo
from tools.workers import cpu

TOOL = "enhance-photo"


@pytest.fixture
def account(db):
    found = payers.user_account(User.objects.create_user("shop@example.com"))
    grants.grant_credits(found, 20, Source.ADJUST, "test")
    return found


def program(secret):
    """A client that knows the key and no cookie."""
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def run(mug, as_file):
    """Send a photo and ask for an attempt at it; the answer."""

    def run(client):
        upload = SimpleUploadedFile("mug.png", as_file(mug), content_type="image/png")
        photo = client.post("/photos/", {"file": upload}).json()["id"]
        return client.post("/attempts/", {"tool": TOOL, "photo": photo})

    return run


def test_a_program_works_with_a_key_and_spends_its_accounts_credits(account, run):
    key, secret = api_keys.issue_key(account, "Shop")
    client = program(secret)
    started = run(client)
    assert started.status_code == 201
    cpu.work_once()
    assert client.get(started.json()["url"]).json()["status"] == "done"
    assert client.get("/account/balance/").json()["available"] == 19
    assert Hold.objects.get().key == key


def test_a_keys_cap_a_month_is_kept(account, run):
    _, secret = api_keys.issue_key(account, "Shop", monthly_cap=1)
    client = program(secret)
    assert run(client).status_code == 201
    refused = run(client)
    assert (refused.status_code, refused.json()["error"]) == (402, "cap-reached")
    _, other = api_keys.issue_key(account, "Other")
    assert run(program(other)).status_code == 201


def test_the_accounts_cap_counts_for_all_its_keys(account, run):
    Account.objects.filter(pk=account.pk).update(monthly_cap=1)
    clients = [program(api_keys.issue_key(account, name)[1]) for name in ("One", "Two")]
    assert [run(client).status_code for client in clients] == [201, 402]


def test_a_key_sees_what_came_with_it_and_nothing_else(account, run, photo):
    first, second = (program(api_keys.issue_key(account, name)[1]) for name in ("One", "Two"))
    started = run(first).json()
    assert first.get(started["url"]).status_code == 200
    assert second.get(started["url"]).status_code == 404
    assert first.get(f"/photos/{photo.pk}/").status_code == 404
    assert Client().get(started["url"]).status_code == 404


def test_a_key_that_is_unknown_or_revoked_is_refused(account, run):
    key, secret = api_keys.issue_key(account, "Shop")
    api_keys.revoke_key(account, key.pk)
    for bad in (secret, "psk_guessed", ""):
        answer = program(bad).get("/mine/")
        assert (answer.status_code, answer.json()["error"]) == (401, "bad-key")
        assert answer["WWW-Authenticate"] == "Bearer"


def test_with_a_key_a_cookie_counts_for_nothing(account, browser, photo):
    secret = api_keys.issue_key(account, "Shop")[1]
    seen = browser.get("/mine/", headers={"Authorization": f"Bearer {secret}"}).json()
    assert seen == {"photos": []}


def test_a_key_changes_nothing_about_its_account(account):
    client = program(api_keys.issue_key(account, "Shop")[1])
    assert client.post("/account/keys/", {"name": "Another"}).status_code == 302
    assert client.post("/account/delete/", {"sure": "yes"}).status_code == 302
    assert account.keys.count() == 1
    assert User.objects.exists()


def test_what_came_with_a_key_goes_with_its_owner(account, run):
    run(program(api_keys.issue_key(account, "Shop")[1]))
    closing.close_account(account.user)
    assert not Photo.objects.exists()


def test_how_to_call_is_said_with_this_sites_address(client):
    page = client.get("/api/").content.decode()
    assert "Authorization: Bearer" in page
    assert "http://testserver/attempts/" in page
