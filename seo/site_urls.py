"""URLs that a site has once, whatever the language."""

from django.urls import path

from seo.public import changelog, indexnow, robots, sitemaps

urlpatterns = [
    path("sitemap.xml", sitemaps.show_sitemap_index, name="sitemap"),
    path("sitemap-own.xml", sitemaps.show_own_sitemap, name="sitemap-site"),
    path("sitemap-<number:number>.xml", sitemaps.show_sitemap_part, name="sitemap-part"),
    path("robots.txt", robots.show_robots_txt, name="robots"),
    path("llms.txt", robots.show_llms_txt, name="llms"),
    path("site.webmanifest", robots.show_manifest, name="manifest"),
    path("changes.xml", changelog.Feed(), name="changelog-feed"),
    path("<slug:key>.txt", indexnow.key_file, name="indexnow"),
]
