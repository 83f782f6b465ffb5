"""Examples screen: what a page shows, and a photo to make another from."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect

from seo.desk.editing import versions
from seo.desk.examples import orders
from seo.desk.models import ExampleOrder
from seo.desk.screens.layout import about, allowed, framed, me, user
from seo.models import KeywordPage
from seo.public import example_pairs as pairs
from tools.errors import ToolsError
from tools.models import Job
from tools.pipeline.errors import PipelineError
from tools.storage import samples
from tools.web.serializers import error_words


class ExampleForm(forms.Form):
    photo = forms.FileField(required=False, label="A photo")
    sample = forms.ChoiceField(required=False, label="or one of ours")
    alt = forms.CharField(
        max_length=200, label="What it shows", help_text="For who does not see it."
    )
    caption = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own
        named = [(one.name, one.title) for one in samples.load_samples().values()]
        self.fields["sample"].choices = [("", "–"), *named]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, object]:
        found: dict[str, object] = super().clean() or self.cleaned_data
        if bool(found.get("photo")) == bool(found.get("sample")):
            self.add_error("photo", "Upload a photo, or choose one of ours.")
        return found


@allowed("seo.change_version")
def show_examples(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page shows, what is being made, and the form to make one more."""
    page = get_object_or_404(KeywordPage.objects.select_related("intent"), pk=pk)
    form = ExampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and wanted(request, page, form):
        messages.success(request, "A worker makes it; it is attached to the draft.")
        return redirect("admin:desk_examples", pk=pk)
    version = versions.find_newest(page)
    return framed(
        request,
        "examples.html",
        page.intent.name,
        form=form,
        version=version,
        pairs=pairs.find_pairs(version.examples) if version else [],
        making=[(one, reason(one)) for one in orders.list_open_orders(version)] if version else [],
        **about(page, "examples"),
    )


def reason(making: ExampleOrder) -> str:
    return error_words(making.error, making.error_facts) if making.error else ""


def wanted(request: HttpRequest, page: KeywordPage, form: ExampleForm) -> bool:
    """Ask for the example; the form says why where it cannot be."""
    said = form.cleaned_data
    draft = versions.find_draft(page) or versions.write_draft(
        page, {}, me(request), user(request).pk
    )
    try:
        orders.order_example(
            draft,
            alt=said["alt"],
            caption=said["caption"],
            file=said["photo"],
            sample=said["sample"],
        )
    except (PipelineError, ToolsError) as error:
        form.add_error("photo", error_words(error.id, getattr(error, "facts", {})))
        return False
    return True


@allowed("seo.view_version")
def count_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """How many examples of the page are not made yet."""
    mine = ExampleOrder.objects.filter(version__page=pk, status__in=Job.OPEN)
    return JsonResponse({"open": mine.count()})
