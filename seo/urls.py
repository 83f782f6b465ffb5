from django.urls import path

from seo.public import views

app_name = "seo"
urlpatterns = [
    path("tools/", views.tools, name="tools"),
    path("tools/<slug:name>/", views.hub, name="hub"),
    path("tools/<slug:name>/<int:number>/", views.hub, name="hub"),
    path("pictures/", views.licence, name="licence"),
    path("changes/", views.changes, name="changes"),
    path("examples/<slug:name>/<str:file>", views.example, name="example"),
    path("cards/<int:key>.png", views.card, name="card"),
    path("<slug:slug>/", views.page, name="page"),
]
