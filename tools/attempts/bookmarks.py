"""Bookmarks: the star and the name that a visitor gives an attempt, to find it again among others."""

from django import forms
from django.utils import timezone

from tools.definition.registry import InvalidParamsError
from tools.models import Attempt


class TitleForm(forms.ModelForm[Attempt]):
    class Meta:
        model = Attempt
        fields = ["title"]


def set_favourite(attempt: Attempt, *, on: bool) -> None:
    write(attempt, favourite=on)


def rename_attempt(attempt: Attempt, title: str) -> None:
    """An empty title gives the attempt its tool's name again. Raises InvalidParamsError."""
    form = TitleForm({"title": " ".join(title.split())})
    if not form.is_valid():
        said = {name: [str(error) for error in errors] for name, errors in form.errors.items()}
        raise InvalidParamsError(said)
    write(attempt, title=form.cleaned_data["title"])


def write(attempt: Attempt, **marks: object) -> None:
    # A worker may be writing the same row: only these columns are ours.
    Attempt.objects.filter(pk=attempt.pk).update(**marks, changed=timezone.now())
    attempt.refresh_from_db()
