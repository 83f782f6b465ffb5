"""Export of pages: the table that they can be brought in as."""

import csv
import io

from django.db.models import QuerySet

from foundation.csv_cells import quote_cell
from seo.desk.editing import versions
from seo.desk.editing.imports import WHO, Pages
from seo.models import KeywordPage


def export_table(pages: QuerySet[KeywordPage]) -> str:
    """Pages as the same table, each as its newest version has it."""
    resource = Pages()
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([*WHO, *resource.fields])
    for page in pages.select_related("intent").order_by("intent__slug", "locale").iterator():
        version = versions.find_newest(page)
        if version is not None:
            said = [each.export(version) for each in resource.get_export_fields()]
            writer.writerow([quote_cell(cell) for cell in (*who(page), *said)])
    return written.getvalue()


def who(page: KeywordPage) -> list[str]:
    intent = page.intent
    told = [intent.slug, intent.name, intent.tool, intent.hub, intent.marketplace]
    return [*told, "\n".join(intent.synonyms), page.locale, page.slug]
