from django.urls import path

from seo.desk.editing import previews

app_name = "desk"
urlpatterns = [
    path("preview/sketch/", previews.sketch, name="sketch"),
    path("preview/<str:token>/", previews.preview, name="preview"),
]
