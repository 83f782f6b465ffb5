from django.contrib.sitemaps.views import sitemap
from django.urls import path

from seo import views
from seo.sitemaps import Pages

app_name = "seo"
urlpatterns = [
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": Pages}}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("tools/", views.tools, name="tools"),
    path("<slug:slug>/", views.page, name="page"),
]
