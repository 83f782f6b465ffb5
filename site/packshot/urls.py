from django.contrib import admin
from django.urls import include, path

from packshot import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("billing.urls")),
    path("", include("tools.urls")),
    path("", include("seo.urls")),
]
