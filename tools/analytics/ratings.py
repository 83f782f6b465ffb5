"""Ratings of a tool, from those who took something home."""

from django import forms
from django.utils import timezone

from accounts.models import Visitor
from tools.definition.registry import InvalidParamsError
from tools.errors import NotDownloadedError
from tools.models import Attempt, Export, Rating


class Form(forms.Form):
    stars = forms.IntegerField(min_value=1, max_value=5)
    words = forms.CharField(max_length=1000, required=False)
    locale = forms.CharField(max_length=12, required=False)


def rate_attempt(visitor: Visitor, attempt: Attempt, given: dict[str, str]) -> Rating:
    """The visitor's rating of the attempt's tool; a later one takes the place of an earlier one.

    Raises InvalidParamsError, and NotDownloadedError before anything of the tool's was downloaded.
    """
    form = Form(given)
    if not form.is_valid():
        said = {name: [str(error) for error in errors] for name, errors in form.errors.items()}
        raise InvalidParamsError(said)
    theirs = Export.objects.filter(attempt__photo__visitor=attempt.photo.visitor_id)
    if not theirs.filter(attempt__tool=attempt.tool, downloaded__isnull=False).exists():
        raise NotDownloadedError
    rating, _ = Rating.objects.update_or_create(
        visitor=visitor,
        tool=attempt.tool,
        defaults={**form.cleaned_data, "created": timezone.now()},
    )
    return rating
