import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from seo.desk import marketers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def group():
    marketers.ensure_marketers()


def test_somebody_new_works_at_the_desk_and_nowhere_else():
    assert not marketers.has_staff()
    assert marketers.add_marketer("mark@example.com", "", "a password")
    user = User.objects.get()
    assert (user.name, user.is_staff, user.is_superuser) == ("mark", True, False)
    assert user.check_password("a password")
    assert user.has_perm("seo.change_version")
    assert not user.has_perm("billing.view_account")
    assert marketers.has_staff()


def test_who_has_an_account_keeps_its_password_and_its_rights():
    admin = User.objects.create_superuser("Ada@example.com", "hers", name="Ada")
    assert not marketers.add_marketer("ada@EXAMPLE.com", "", "another")
    admin = User.objects.get(pk=admin.pk)
    assert admin.check_password("hers")
    assert (admin.name, admin.is_superuser) == ("Ada", True)


def test_a_permission_that_was_given_by_hand_is_taken_back_from_the_group():
    group = Group.objects.get(name=marketers.MARKETERS)
    wanted = set(group.permissions.all())
    group.permissions.clear()
    marketers.ensure_marketers()
    assert set(group.permissions.all()) == wanted
    assert len(wanted) == sum(len(acts) for acts in marketers.MAY.values())
