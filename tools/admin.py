"""The operator's list of what was given up, read-only."""

from django.contrib import admin

from billing.admin import ReadOnly
from tools.models import DeadLetter


@admin.register(DeadLetter)
class DeadLetterAdmin(ReadOnly):
    list_display = ("created", "kind", "error", "cause", "tries", "subject")
    list_filter = ("kind", "error")
    search_fields = ("subject",)
