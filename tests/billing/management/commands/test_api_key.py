import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from billing import audit
from billing.accounts import api_keys
from billing.models import Account


def run(*words):
    out = io.StringIO()
    call_command("api_key", *words, stdout=out)
    return out.getvalue().rstrip("\n").split("\n")


def test_the_key_is_the_last_line_and_works(db):
    secret = run("create", "--scope", "removebg", "--rate-limit", "9", "--days", "2")[-1]
    key = api_keys.find(secret)
    assert (key.scopes, key.rate_limit, key.sandbox, key.user) == (["removebg"], 9, False, None)
    assert key.expires is not None
    assert secret not in str(vars(key))


def test_without_an_account_all_keys_are_the_servers_own(db):
    secrets = [run("create")[-1], run("create", "--sandbox", "--credits", "7")[-1]]
    first, second = map(api_keys.find, secrets)
    assert first.account == second.account
    assert second.sandbox
    assert Account.objects.get().available == 7
    assert audit.find_problems() == []


def test_a_key_for_a_users_account(db):
    User.objects.create_user("alice@example.com")
    key = api_keys.find(run("create", "--account", "Alice@example.com")[-1])
    assert key.account.user.email == "alice@example.com"
    with pytest.raises(CommandError, match="Nobody"):
        run("create", "--account", "bob@example.com")


def test_a_key_is_listed_and_revoked_by_its_beginning(db):
    secret = run("create", "--name", "Shop")[-1]
    (line,) = run("list")
    assert secret[:12] in line
    assert secret not in line
    run("revoke", secret[:12])
    assert api_keys.find(secret) is None
    with pytest.raises(CommandError, match="0 keys"):
        run("revoke", secret[:12])
