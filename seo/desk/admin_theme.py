"""Admin theme: unfold's settings, in the site's own colours. Needs no Django to be read."""

import re
from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy


def may(permission: str) -> Any:
    """Whether somebody sees a door of the sidebar."""
    return lambda request: request.user.has_perm(permission)


def item(title: str, icon: str, name: str, permission: str) -> dict[str, Any]:
    link = reverse_lazy(f"admin:{name}")
    return {
        "title": title,
        "icon": icon,
        "link": link,
        "permission": may(permission),
        # The theme's own way lights every door whose address another one begins with.
        "active": lambda request: request.path == str(link) or is_of_pages(request.path, name),
    }


def is_of_pages(path: str, name: str) -> bool:
    """One page's screens belong to the table of pages."""
    screens = re.search(r"/desk/(\d+|version|variant)/", path)
    return name == "seo_keywordpage_changelist" and screens is not None


def sheet(name: str) -> Any:
    return lambda _: static(f"desk/{name}.css")


SHEETS = ("layout", "forms", "edit-page", "tables", "versions", "line-charts")
PAGES = [
    item("Today", "today", "index", "seo.view_version"),
    item("Pages", "article", "seo_keywordpage_changelist", "seo.view_keywordpage"),
    item("Write a page", "edit_square", "desk_new", "seo.add_keywordpage"),
    item("Drafts", "draft", "desk_review_queue", "seo.view_version"),
    item("Import and export", "table_view", "desk_import", "seo.add_version"),
    item("Not yet written", "lightbulb", "desk_keyword_gaps", "desk.view_query"),
    item("Title tests", "science", "desk_title_tests", "desk.view_titletest"),
    item("First tries", "looks_one", "desk_first_attempts", "desk.view_pageday"),
    item("Search figures", "search", "desk_search_results", "desk.view_searchresult"),
]
ROWS = [
    item("Intents", "target", "seo_intent_changelist", "seo.view_intent"),
    item("All versions", "history", "seo_version_changelist", "seo.view_version"),
    item("All examples", "compare", "seo_example_changelist", "seo.view_example"),
    item("Redirects", "alt_route", "seo_redirect_changelist", "seo.view_redirect"),
]
MONEY = [
    item(
        "Accounts", "account_balance_wallet", "billing_account_changelist", "billing.view_account"
    ),
    item("Ledger", "receipt_long", "billing_entry_changelist", "billing.view_entry"),
    item("Purchases", "shopping_cart", "billing_purchase_changelist", "billing.view_purchase"),
    item("Stripe's events", "bolt", "billing_stripeevent_changelist", "billing.view_stripeevent"),
]
RUNNING = [
    item("Given up", "report", "tools_deadletter_changelist", "tools.view_deadletter"),
]
PEOPLE = [item("Staff", "group", "accounts_user_changelist", "accounts.view_user")]

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Packshot desk",
    "SITE_HEADER": "Packshot desk",
    "SITE_SYMBOL": "photo_camera",
    "DASHBOARD_CALLBACK": "seo.desk.screens.home.front",
    "SITE_FAVICONS": [
        {"rel": "icon", "href": lambda _: static("packshot/favicon.svg"), "type": "image/svg+xml"}
    ],
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "8px",
    "STYLES": [sheet(name) for name in SHEETS],
    "COLORS": {
        # From --sheet to --ink of tokens.css: warm paper, near-black ink.
        "base": {
            "50": "#faf8f3",
            "100": "#f1eee6",
            "200": "#dfdbd0",
            "300": "#c9c4b6",
            "400": "#8c8779",
            "500": "#6f6b5f",
            "600": "#5c594e",
            "700": "#4a483e",
            "800": "#32312a",
            "900": "#1c1c18",
            "950": "#131310",
        },
        "primary": {
            "50": "#f3f6ff",
            "100": "#e9eeff",
            "200": "#ccd8ff",
            "300": "#a9bbff",
            "400": "#8ea6ff",
            "500": "#4f74ff",
            "600": "#1f4fff",
            "700": "#0f3be0",
            "800": "#0d31b8",
            "900": "#12286f",
            "950": "#0b1233",
        },
    },
    "SIDEBAR": {
        "navigation": [
            {"title": "Keyword pages", "items": PAGES},
            {"title": "Behind them", "items": ROWS},
            {"title": "Money", "items": MONEY},
            {"title": "Running it", "items": RUNNING},
            {"title": "People", "items": PEOPLE},
        ]
    },
}
