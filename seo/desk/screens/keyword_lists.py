"""Keyword lists that marketers bring: queries and questions, and what a search engine counted."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from seo.desk.metrics import keyword_gaps, search_console, search_console_api
from seo.desk.models import Query, SearchResult
from seo.desk.screens.layout import allowed, framed

A_SCREEN = 40
MOST_BYTES = 20 * 2**20


class ListForm(forms.Form):
    file = forms.FileField(label="A list (CSV or one a line, UTF-8)")

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("That is over 20 MB: bring it in pieces.")
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError("Save it in UTF-8.") from None


class QueriesForm(ListForm):
    locale = forms.ChoiceField(choices=settings.LANGUAGES, label="Language")
    source = forms.CharField(max_length=80, required=False, label="Where it is from")


class SearchedForm(ListForm):
    first = forms.DateField(required=False, label="From", widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(required=False, label="To", widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "A table (CSV, UTF-8)"

    def clean(self) -> dict[str, object]:
        found: dict[str, object] = super().clean() or self.cleaned_data
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "That is before the first day.")
        return found


@allowed("desk.view_query")
def show_queries(request: HttpRequest) -> HttpResponse:
    """Pages not yet written: what is searched or asked, and answered nowhere."""
    form = QueriesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and request.user.has_perm("desk.add_query") and form.is_valid():
        said = form.cleaned_data
        try:
            new = keyword_gaps.store_queries(
                keyword_gaps.read_queries(said["file"]), said["locale"], said["source"]
            )
        except keyword_gaps.UnreadableError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"{new} new; all of the language were put together again.")
            return redirect("admin:desk_keyword_gaps")
    locale = request.GET.get("locale", "")
    found = keyword_gaps.list_unwritten(locale)
    return framed(
        request,
        "keyword_gaps.html",
        "Not yet written",
        form=form,
        screen=Paginator(found, A_SCREEN).get_page(request.GET.get("page")),
        answered=Query.objects.exclude(intent=None).count(),
        locale=locale,
        locales=Query.objects.order_by("locale").values_list("locale", flat=True).distinct(),
    )


@require_POST
@allowed("desk.change_query")
def dismiss_query(request: HttpRequest, cluster: int) -> HttpResponse:
    keyword_gaps.dismiss_gap(cluster)
    return redirect("admin:desk_keyword_gaps")


@allowed("desk.view_searchresult")
def show_searches(request: HttpRequest) -> HttpResponse:
    """What is known from search engines, and the two ways to bring more in."""
    form = SearchedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and request.user.has_perm("desk.add_searchresult"):
        if request.POST.get("act") == "ask":
            told = search_console_api.fetch_rows()
            say(request, told, "Search Console did not answer; the log says why.")
            return redirect("admin:desk_search_results")
        if form.is_valid():
            said = form.cleaned_data
            try:
                told = search_console.store_rows(
                    search_console.read_rows(said["file"], said["first"], said["last"])
                )
            except search_console.UnreadableError as error:
                form.add_error("file", str(error))
            else:
                say(request, told, "")
                return redirect("admin:desk_search_results")
    newest = SearchResult.objects.order_by("-last").select_related("page__intent")[:A_SCREEN]
    return framed(
        request,
        "search_results.html",
        "Search figures",
        form=form,
        rows=newest,
        has_console=search_console_api.is_set_up(),
        site=settings.SEARCH_CONSOLE_SITE,
    )


def say(request: HttpRequest, told: search_console.Brought | None, trouble: str) -> None:
    if told is None:
        messages.error(request, trouble)
        return
    messages.success(request, f"{told.kept} rows kept.")
    if told.unknown:
        some = ", ".join(sorted(set(told.unknown))[:5])
        messages.warning(request, f"{len(told.unknown)} are no keyword pages, such as {some}.")
