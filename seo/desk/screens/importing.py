"""Import screen: tables of pages, looked at first, then brought in; and taken out in the same shape."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from seo.desk.editing import exports, imports
from seo.desk.screens.layout import allowed, framed, me, user
from seo.desk.screens.pages_table import chosen
from tools.storage import files

MOST_BYTES = 20 * 2**20
SHOWN = 500


class TableForm(forms.Form):
    table = forms.FileField(label="A table (CSV, UTF-8)")

    def clean_table(self) -> str:
        file = self.cleaned_data["table"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("That is over 20 MB: bring it in pieces.")
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError("Save it as CSV in UTF-8.") from None


@allowed("seo.add_version")
def import_pages(request: HttpRequest) -> HttpResponse:
    """First what would become of each row; the same table is brought in by the second click."""
    if key := request.POST.get("key"):
        return brought(request, key)
    form = TableForm(request.POST or None, request.FILES or None)
    context = {"form": form, "columns": [*imports.WHO, *imports.Pages.fields]}
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["table"]
        done = imports.import_table(text, me(request), by=user(request).pk, dry=True)
        key = uuid.uuid4().hex
        if done.is_sound:
            files.write_file(place(key), text.encode())
        counts = {kind: done.count(kind) for kind in ("new", "changed", "same", "bad")}
        context |= {"done": done, "key": key, "rows": worth_showing(done), "counts": counts}
    return framed(request, "import.html", "Import pages", **context)


def worth_showing(done: imports.Imported) -> list[imports.Outcome]:
    """What is wrong first, then what changes; rows that stay as they are need no look."""
    order = {"bad": 0, "changed": 1, "new": 2}
    rows = [row for row in done.rows if row.kind in order]
    return sorted(rows, key=lambda row: (order[row.kind], row.line))[:SHOWN]


def place(key: str) -> str:
    return f"desk/tables/{uuid.UUID(key).hex}.csv"


def brought(request: HttpRequest, key: str) -> HttpResponse:
    """Nothing of it, if anything has become wrong since it was looked at."""
    try:
        text = files.read_file(place(key)).decode()
    except (OSError, ValueError):
        messages.error(request, "The table is not here any more: bring it again.")
        return redirect("admin:desk_import")
    done = imports.import_table(text, me(request), by=user(request).pk, dry=False)
    files.remove_files([place(key)])
    if not done.is_sound:
        messages.error(request, "Nothing was imported: the pages have changed since.")
        return redirect("admin:desk_import")
    new, changed = done.count("new"), done.count("changed")
    messages.success(
        request, f"{new} new and {changed} changed, as drafts; {done.count('same')} as they were."
    )
    return redirect("admin:desk_review_queue")


@allowed("seo.view_version")
def download_pages(request: HttpRequest) -> HttpResponse:
    """The pages that the table on the screen shows, as a table."""
    answer = HttpResponse(
        exports.export_table(chosen(request)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="pages.csv"'
    return answer
