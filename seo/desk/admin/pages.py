"""Admin of pages: keyword pages have screens of their own; the rows around them are looked at as rows."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin

from seo.desk.screens import (
    ab_tests,
    dashboard,
    edit_page,
    examples,
    firsts,
    history,
    importing,
    keyword_lists,
    pages_table,
    review_queue,
    title_tests,
)
from seo.models import Example, Intent, KeywordPage, Redirect, Version

SCREENS: tuple[tuple[str, Any, str], ...] = (
    ("new/", edit_page.new_page, "new"),
    ("sketch/", edit_page.show_sketch, "sketch"),
    ("settings/", edit_page.edit_settings, "settings"),
    ("drafts/", review_queue.show_review_queue, "review_queue"),
    ("drafts/act/", review_queue.act_on_review, "drafts_act"),
    ("import/", importing.import_pages, "import"),
    ("export/", importing.download_pages, "export"),
    ("queries/", keyword_lists.show_queries, "keyword_gaps"),
    ("queries/<number:cluster>/dismiss/", keyword_lists.dismiss_query, "dismiss"),
    ("firsts/", firsts.first_tries, "first_attempts"),
    ("searched/", keyword_lists.show_searches, "search_results"),
    ("tests/", title_tests.list_title_tests, "title_tests"),
    ("tests/<number:pk>/", title_tests.show_title_test, "test"),
    ("tests/<number:pk>/discard/", title_tests.discard_test, "discard_test"),
    ("<number:pk>/write/", edit_page.edit_page, "page"),
    ("<number:pk>/versions/", history.list_versions, "versions"),
    ("<number:pk>/compare/", history.compare_versions, "compare"),
    ("<number:pk>/remove/", history.remove_page, "remove"),
    ("<number:pk>/translate/", history.translate_page, "translate"),
    ("<number:pk>/examples/", examples.show_examples, "examples"),
    ("<number:pk>/examples/waiting/", examples.count_waiting, "examples_waiting"),
    ("<number:pk>/doing/", dashboard.show_dashboard, "page_metrics"),
    ("<number:pk>/variants/", ab_tests.show_ab_tests, "variants"),
    ("variant/<number:pk>/act/", ab_tests.act_on_ab_test, "variant_act"),
    ("version/<number:pk>/gate/", history.show_findings, "publish_checks"),
    ("version/<number:pk>/act/", history.act_on_version, "act"),
)


@admin.register(KeywordPage)
class PageAdmin(ModelAdmin):
    """The admin's own three views lead to the desk's screens."""

    search_fields = ("slug", "intent__name")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path(f"desk/{at}", view(screen), name=f"desk_{name}") for at, screen, name in SCREENS
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return pages_table.show_pages_table(request)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("admin:desk_new")

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return redirect("admin:desk_page", pk=object_id)


@admin.register(Intent)
class IntentAdmin(ModelAdmin):
    list_display = ("name", "slug", "tool", "hub", "marketplace")
    list_filter = ("tool", "hub")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Example)
class ExampleAdmin(ModelAdmin):
    """Made by the pipeline and never changed."""

    list_display = ("name", "tool", "width", "height", "created")
    list_filter = ("tool",)
    search_fields = ("name",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Redirect)
class RedirectAdmin(ModelAdmin):
    list_display = ("locale", "slug", "page_address", "created")
    list_filter = ("locale",)
    search_fields = ("slug",)
    list_select_related = ("page",)

    @admin.display(description="leads to")
    def page_address(self, row: Redirect) -> str:
        return row.page.get_absolute_url()


@admin.register(Version)
class VersionAdmin(ModelAdmin):
    """All versions as rows, to search in; each leads to its own screen."""

    list_display = ("title", "page_address", "author", "reviewer", "publish_at", "created")
    list_filter = ("page__locale",)
    search_fields = ("title", "h1", "page__slug", "author", "reviewer")
    list_select_related = ("page",)
    ordering = ("-pk",)

    @admin.display(description="page")
    def page_address(self, row: Version) -> str:
        return row.page.get_absolute_url()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return redirect("admin:desk_publish_checks", pk=object_id)
