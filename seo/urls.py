from django.urls import path

from seo.public import views

app_name = "seo"
urlpatterns = [
    path("tools/", views.show_tools, name="tools"),
    path("tools/<slug:name>/", views.show_hub, name="tool-group"),
    path("tools/<slug:name>/<number:number>/", views.show_hub, name="tool-group"),
    path("pictures/", views.show_licence, name="sample-pictures"),
    path("changes/", views.show_changelog, name="changelog"),
    path("examples/<slug:name>/<str:file>", views.show_example_image, name="example"),
    path("cards/<number:key>.png", views.show_social_card, name="social-card"),
    path("<slug:slug>/", views.show_page, name="keyword-page"),
]
