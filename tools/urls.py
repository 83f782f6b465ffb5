from django.urls import path

from tools import events, verifying, views, work

app_name = "tools"
urlpatterns = [
    path("photos/", views.receive, name="photos"),
    path("photos/<uuid:photo_id>/", views.photo, name="photo"),
    path("photos/<uuid:photo_id>/delete/", views.delete_photo, name="delete-photo"),
    path("photos/<uuid:photo_id>/preview.webp", views.photo_preview, name="photo-preview"),
    path("photos/<uuid:photo_id>/thumb.webp", views.photo_thumb, name="photo-thumb"),
    path("photos/<uuid:photo_id>/<slug:scene>.webp", views.suggestion, name="suggestion"),
    path("attempts/", views.start, name="attempts"),
    path("attempts/<uuid:attempt_id>/", views.attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/cancel/", views.cancel, name="cancel"),
    path("attempts/<uuid:attempt_id>/delete/", views.delete, name="delete-attempt"),
    path("attempts/<uuid:attempt_id>/preview.webp", views.attempt_preview, name="attempt-preview"),
    path("attempts/<uuid:attempt_id>/thumb.webp", views.attempt_thumb, name="attempt-thumb"),
    path("attempts/<uuid:attempt_id>/map.webp", views.attempt_map, name="attempt-map"),
    path("attempts/<uuid:attempt_id>/exports/", views.make_export, name="exports"),
    path("exports/<uuid:export_id>/", views.export, name="export"),
    path("exports/<uuid:export_id>/file/", views.export_file, name="export-file"),
    path("mine/", views.all_mine, name="mine"),
    path("events/", events.stream, name="events"),
    path("tools/<slug:slug>/settings/", views.tool_settings, name="settings"),
    path("tools/<slug:slug>/quote/", views.quote, name="quote"),
    path("work/<uuid:attempt_id>/", work.show, name="work"),
    path("work/<uuid:attempt_id>/download/", work.download, name="work-download"),
    path("work/<slug:slug>/", work.start, name="work-start"),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<uuid:check_id>/", verifying.show, name="check"),
]
