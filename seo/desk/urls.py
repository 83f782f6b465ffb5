from django.urls import path

from seo.desk.editing import previews

app_name = "desk"
urlpatterns = [
    path("preview/sketch/", previews.sketch_page, name="draft-preview"),
    path("preview/<str:token>/", previews.preview_page, name="version-preview"),
]
