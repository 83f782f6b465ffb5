"""A/B test screens: written, started by a second person, read, ended."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from seo.desk.checks import language
from seo.desk.experiments import ab_tests
from seo.desk.screens.layout import about, allowed, framed, user
from seo.models import KeywordPage, Variant


class VariantForm(forms.ModelForm[Variant]):
    days = forms.IntegerField(
        label="Days to run",
        min_value=1,
        max_value=ab_tests.LONGEST,
        error_messages={"max_value": "At most %(limit_value)s days: events are kept 30."},
    )

    class Meta:
        model = Variant
        fields = ("button", "part", "days")
        labels = {
            "button": "Other words on “Choose a photo”",
            "part": "Or this section first",
        }

    def __init__(self, *args: object, page: KeywordPage, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own
        self.page = page

    def clean_button(self) -> str:
        words = str(self.cleaned_data["button"]).strip()
        if words and not language.is_in_language(words, self.page.locale):
            raise forms.ValidationError("Write it in the page's language.")
        return words

    def clean(self) -> dict[str, object]:
        found: dict[str, object] = super().clean() or self.cleaned_data
        if not self.errors and bool(found["button"]) == bool(found["part"]):
            raise forms.ValidationError("Choose one of the two: a test changes one thing.")
        return found


@allowed("seo.view_variant")
def show_ab_tests(request: HttpRequest, pk: int) -> HttpResponse:
    """What is tested on the page, what was, and a form for the next test."""
    page = get_object_or_404(KeywordPage.objects.select_related("intent"), pk=pk)
    current, former = ab_tests.list_tests(page)
    form = VariantForm(request.POST or None, page=page)
    may = request.user.has_perm("seo.add_variant")
    if request.method == "POST" and may and current is None and form.is_valid():
        variant = form.save(commit=False)
        variant.page, variant.author = page, user(request)
        variant.save()
        messages.success(request, "Kept. Somebody else reads it and starts the test.")
        return redirect("admin:desk_variants", pk=pk)
    return framed(
        request,
        "ab_tests.html",
        page.intent.name,
        current=current,
        lines=ab_tests.read_test(current) if current and current.started else [],
        former=[(one, ab_tests.read_test(one)) for one in former],
        form=form if current is None else None,
        is_mine=current is not None and current.author_id == user(request).pk,
        enough=ab_tests.ENOUGH,
        **about(page, "variants"),
    )


@require_POST
@allowed("seo.change_variant")
def act_on_ab_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a test, or end it."""
    variant = get_object_or_404(Variant.objects.select_related("page"), pk=pk, ended=None)
    if request.POST.get("act") == "end":
        ab_tests.end_test(variant)
        messages.success(request, "Everybody sees the page as it is.")
    elif ab_tests.start_test(variant, user(request).pk):
        messages.success(request, "Half of the visitors see it from now on.")
    else:
        messages.error(request, "Who wrote it cannot start it: ask somebody else.")
    return redirect("admin:desk_variants", pk=variant.page_id)
