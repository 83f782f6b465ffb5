"""Admin of staff: who may work at the desk, and as what."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts.models import User


@admin.register(User)
class UserAdmin(ModelAdmin):
    """Nobody has a password to set here: one signs in by a code that comes by mail."""

    list_display = ("email", "name", "is_staff", "is_superuser", "is_active", "joined")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_staff", "is_active", "is_superuser", "groups")
    filter_horizontal = ("groups",)
