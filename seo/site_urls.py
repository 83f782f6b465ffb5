"""What a site has once, whatever the language."""

from django.urls import path

from seo.public import changelog, indexnow, robots, sitemaps

urlpatterns = [
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-own.xml", sitemaps.own, name="sitemap-own"),
    path("sitemap-<int:number>.xml", sitemaps.part, name="sitemap-part"),
    path("robots.txt", robots.robots, name="robots"),
    path("llms.txt", robots.llms, name="llms"),
    path("site.webmanifest", robots.manifest, name="manifest"),
    path("changes.xml", changelog.Feed(), name="changes-feed"),
    path("<slug:key>.txt", indexnow.key_file, name="indexnow"),
]
