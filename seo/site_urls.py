"""What a site has once, whatever the language."""

from django.urls import path

from seo import indexnow, news, sitemaps, texts

urlpatterns = [
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-own.xml", sitemaps.own, name="sitemap-own"),
    path("sitemap-<int:number>.xml", sitemaps.part, name="sitemap-part"),
    path("robots.txt", texts.robots, name="robots"),
    path("llms.txt", texts.llms, name="llms"),
    path("site.webmanifest", texts.manifest, name="manifest"),
    path("changes.xml", news.Feed(), name="changes-feed"),
    path("<slug:key>.txt", indexnow.key_file, name="indexnow"),
]
