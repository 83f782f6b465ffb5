"""Title test screens: drawn, written, started by a second person, read."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from seo.desk.checks import title_width
from seo.desk.editing import versions
from seo.desk.experiments import title_tests
from seo.desk.metrics import page_metrics
from seo.desk.models import TitleTest, TitleTestPair
from seo.desk.screens.layout import allowed, framed, me, user
from seo.public import page_queries

DAYS = 28


MOST_DAYS = 366


class TrialForm(forms.ModelForm[TitleTest]):
    days = forms.IntegerField(label="Days to run", min_value=1, max_value=MOST_DAYS)

    class Meta:
        model = TitleTest
        fields = ("name", "idea", "locale", "days")
        labels = {"idea": "What is better, and why", "locale": "Language"}
        widgets = {
            "idea": forms.Textarea({"rows": 3}),
            "locale": forms.Select(choices=settings.LANGUAGES),
        }


@allowed("desk.view_titletest")
def list_title_tests(request: HttpRequest) -> HttpResponse:
    form = TrialForm(request.POST or None)
    if request.method == "POST" and request.user.has_perm("desk.add_titletest") and form.is_valid():
        trial = form.save(commit=False)
        trial.author, trial.written_by = me(request), user(request)
        found = title_tests.draw_pairs(trial, candidates(trial.locale))
        if found:
            messages.success(request, f"{found} pairs were drawn. Write their titles.")
            return redirect("admin:desk_test", pk=trial.pk)
        trial.delete()
        messages.error(
            request,
            f"There are not two live pages in {trial.locale} with {title_tests.FEWEST_IMPRESSIONS} "
            f"impressions in {DAYS} days and no test: bring search figures in first.",
        )
    rows = [
        (trial, title_tests.read_title_test(trial)[0])
        for trial in TitleTest.objects.order_by("-pk")[:50]
    ]
    return framed(request, "title_tests.html", "Title tests", form=form, rows=rows)


def candidates(locale: str) -> list[title_tests.Candidate]:
    """Live pages of the language that no other test is about, with how they were searched."""
    busy = title_tests.busy_pages()
    live = {version.page_id for version in page_queries.list_live(locale)} - busy
    found = page_metrics.metrics_by_page(timezone.now().date(), DAYS, live)
    return [title_tests.Candidate(page, one) for page, one in sorted(found.items())]


@allowed("desk.view_titletest")
def show_title_test(request: HttpRequest, pk: int) -> HttpResponse:
    """One test: its titles until it has started, what it says afterwards."""
    trial = get_object_or_404(TitleTest, pk=pk)
    if request.method == "POST" and trial.started is None:
        return written(request, trial)
    reading, read = title_tests.read_title_test(trial)
    rows = trial.pairs.select_related("changed__intent", "control__intent").order_by("pk")
    return framed(
        request,
        "title_test.html",
        trial.name,
        trial=trial,
        pairs=[(row, versions.find_live_version(row.changed)) for row in rows]
        if not trial.started
        else [],
        read=read,
        reading=reading,
        over=title_tests.is_test_over(trial),
        settling=title_tests.SETTLING.days,
        is_mine=trial.written_by_id == user(request).pk,
        most=title_width.TITLE.most,
    )


def written(request: HttpRequest, trial: TitleTest) -> HttpResponse:
    """Keep the titles; and start, when a second person says so."""
    if not request.user.has_perm("desk.change_titletest"):
        return redirect("admin:desk_test", pk=trial.pk)
    if request.POST.get("act") == "start":
        return started(request, trial)
    for pair in trial.pairs.all():
        title = request.POST.get(f"title-{pair.pk}", "").strip()[:70]
        TitleTestPair.objects.filter(pk=pair.pk).update(title=title)
    TitleTest.objects.filter(pk=trial.pk).update(author=me(request), written_by=user(request))
    messages.success(request, "The titles are kept. Somebody else starts the test.")
    return redirect("admin:desk_test", pk=trial.pk)


def started(request: HttpRequest, trial: TitleTest) -> HttpResponse:
    if trial.written_by_id == user(request).pk:
        messages.error(request, "Who wrote the titles cannot review them: ask somebody else.")
        return redirect("admin:desk_test", pk=trial.pk)
    refused = title_tests.start_title_test(trial, me(request), user(request).pk)
    for one in refused:
        reasons = " ".join(finding.reason for finding in one.findings)
        messages.error(request, f"{one.page.get_absolute_url()}: {reasons}")
    if not refused:
        messages.success(request, "All new titles are live, from one moment on.")
    return redirect("admin:desk_test", pk=trial.pk)


@require_POST
@allowed("desk.change_titletest")
def discard_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a test away that has not started."""
    TitleTest.objects.filter(pk=pk, started=None).delete()
    return redirect("admin:desk_title_tests")
