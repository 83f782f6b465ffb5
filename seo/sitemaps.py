from datetime import datetime

from django.contrib.sitemaps import Sitemap

from seo import pages
from seo.models import Version


class Pages(Sitemap[Version]):
    """Every live page, with the time of its last true change."""

    def items(self) -> list[Version]:
        return pages.all_live("en")

    def location(self, item: Version) -> str:
        return item.page.get_absolute_url()

    def lastmod(self, item: Version) -> datetime | None:
        return item.publish_at
