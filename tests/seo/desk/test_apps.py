import pytest
from allauth.account.signals import user_signed_up
from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models.signals import post_migrate

from accounts.models import User
from seo.desk.marketers import MARKETERS
from seo.desk.metrics import attribution

pytestmark = pytest.mark.django_db


def migrated(app):
    config = apps.get_app_config(app)
    post_migrate.send(
        sender=config, app_config=config, verbosity=0, interactive=False, using="default", plan=[]
    )


def test_the_marketers_group_is_there_after_every_migration_of_the_desk():
    Group.objects.filter(name=MARKETERS).delete()
    migrated("accounts")
    assert not Group.objects.filter(name=MARKETERS).exists()
    migrated("desk")
    assert Group.objects.get(name=MARKETERS).permissions.count() > 10


def test_a_sign_up_is_noted(rf, monkeypatch):
    noted = []
    monkeypatch.setattr(attribution, "note", lambda _, event: noted.append(event))
    user = User.objects.create_user("ada@example.com")
    user_signed_up.send(sender=User, request=rf.get("/"), user=user)
    assert noted == ["sign_up"]
