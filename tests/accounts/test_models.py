import pytest
from django.db import IntegrityError

from accounts.models import User, display_name

pytestmark = pytest.mark.django_db


def test_one_address_is_one_user_however_it_is_written():
    User.objects.create_user("Ada@Example.com")
    with pytest.raises(IntegrityError):
        User.objects.create_user("ada@example.com")


def test_a_user_without_a_password_comes_in_by_none():
    user = User.objects.create_user("ada@example.com")
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_a_user_is_called_by_their_name_or_else_their_address():
    user = User.objects.create_superuser("ada@example.com", name="Ada")
    assert (user.is_staff, user.is_superuser) == (True, True)
    assert display_name(user) == "Ada"
    user.name = ""
    assert display_name(user) == "ada@example.com"
