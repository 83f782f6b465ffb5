from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from packshot import metrics, views

admin.autodiscover()

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics.page, name="metrics"),
    path("admin/", admin.site.urls),
    # Before what looks like a key of ours: it is another's contract, and has one language.
    path("", include("tools.web.removebg.urls")),
    path("", include("seo.site_urls")),
    path("", include("seo.desk.urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("accounts/", include("accounts.urls")),
        path("", include("billing.urls")),
        path("", include("tools.urls")),
        path("", include("seo.urls")),
        prefix_default_language=False,
    ),
]
