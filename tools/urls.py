from django.urls import path

from tools import events, verifying, work
from tools.views import archives, attempts, exports, marks, photos, recipes, settings

app_name = "tools"
urlpatterns = [
    path("photos/", photos.receive, name="photos"),
    path("photos/<uuid:photo_id>/", photos.photo, name="photo"),
    path("photos/<uuid:photo_id>/delete/", photos.delete, name="delete-photo"),
    path("photos/<uuid:photo_id>/zip/", archives.start, name="zip"),
    path("photos/<uuid:photo_id>/preview.webp", photos.preview, name="photo-preview"),
    path("photos/<uuid:photo_id>/thumb.webp", photos.thumb, name="photo-thumb"),
    path("photos/<uuid:photo_id>/<slug:scene>.webp", photos.suggestion, name="suggestion"),
    path("attempts/", attempts.start, name="attempts"),
    path("attempts/<uuid:attempt_id>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/cancel/", attempts.cancel, name="cancel"),
    path("attempts/<uuid:attempt_id>/delete/", attempts.delete, name="delete-attempt"),
    path("attempts/<uuid:attempt_id>/favourite/", marks.favourite, name="favourite"),
    path("attempts/<uuid:attempt_id>/title/", marks.title, name="title"),
    path("attempts/<uuid:attempt_id>/recipe/", recipes.recipe, name="recipe"),
    path("attempts/<uuid:attempt_id>/again/", recipes.again, name="again"),
    path("attempts/<uuid:attempt_id>/preview.webp", attempts.preview, name="attempt-preview"),
    path("attempts/<uuid:attempt_id>/thumb.webp", attempts.thumb, name="attempt-thumb"),
    path("attempts/<uuid:attempt_id>/map.webp", attempts.heat, name="attempt-map"),
    path("attempts/<uuid:attempt_id>/exports/", exports.start, name="exports"),
    path("exports/<uuid:export_id>/", exports.export, name="export"),
    path("exports/<uuid:export_id>/file/", exports.file, name="export-file"),
    path("archives/<uuid:archive_id>/", archives.archive, name="archive"),
    path("archives/<uuid:archive_id>/file/", archives.file, name="archive-file"),
    path("mine/", photos.everything, name="mine"),
    path("events/", events.stream, name="events"),
    path("tools/<slug:slug>/settings/", settings.settings, name="settings"),
    path("tools/<slug:slug>/quote/", settings.quote, name="quote"),
    path("work/<uuid:attempt_id>/", work.show, name="work"),
    path("work/<uuid:attempt_id>/download/", work.download, name="work-download"),
    path("work/<slug:slug>/", work.start, name="work-start"),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<uuid:check_id>/", verifying.show, name="check"),
]
