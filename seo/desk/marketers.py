"""Marketers: who works at the desk, and the permissions of their group."""

from typing import Any

from django.contrib.auth.models import Group, Permission

from accounts.models import User

MARKETERS = "Marketers"
# What marketers may do, by app and model; all else stays shut to them.
MAY = {
    ("seo", "intent"): ("view", "add", "change"),
    ("seo", "keywordpage"): ("view", "add", "change"),
    ("seo", "version"): ("view", "add", "change", "delete"),
    ("seo", "example"): ("view", "add"),
    ("seo", "variant"): ("view", "add", "change"),
    ("desk", "pageday"): ("view",),
    ("desk", "searchresult"): ("view", "add", "change"),
    ("desk", "query"): ("view", "add", "change"),
    ("desk", "titletest"): ("view", "add", "change"),
}


def ensure_marketers(**_: Any) -> None:
    """Make sure of the group and of its permissions, after every migration: they are made then."""
    group = Group.objects.get_or_create(name=MARKETERS)[0]
    wanted = {(app, f"{act}_{model}") for (app, model), acts in MAY.items() for act in acts}
    there = Permission.objects.filter(content_type__app_label__in={app for app, _ in MAY})
    chosen = [
        permission
        for permission in there.select_related("content_type")
        if (permission.content_type.app_label, permission.codename) in wanted
    ]
    group.permissions.set(chosen)


def add_marketer(email: str, name: str, password: str, *, is_admin: bool = False) -> bool:
    """Give somebody the desk (or, as an admin, everything); whether they had no account before.

    Who has an account keeps its password.
    """
    user = User.objects.filter(email__iexact=email).first()
    is_new = user is None
    user = user or User.objects.create_user(email, password)
    user.is_staff, user.is_superuser = True, user.is_superuser or is_admin
    user.name = name or user.name or email.partition("@")[0]
    user.save()
    user.groups.add(Group.objects.get(name=MARKETERS))
    return is_new


def has_staff() -> bool:
    return User.objects.filter(is_staff=True).exists()
