from django.urls import path

from tools.web import event_stream
from tools.web.views import (
    archives,
    attempts,
    catalogue,
    exports,
    marks,
    measures,
    migrate,
    no_script,
    parts,
    photos,
    recipes,
    settings,
    sharing,
    verify,
)

app_name = "tools"
urlpatterns = [
    path("api/", catalogue.show_manual, name="api-docs"),
    path("api/migrate/", migrate.show_migration, name="migrate"),
    path("api/tools/", catalogue.list_tools, name="api-tools"),
    path("photos/", photos.receive_photo, name="photo-upload"),
    path("photos/<uuid:photo_id>/", photos.show_photo, name="photo"),
    path("photos/<uuid:photo_id>/delete/", photos.delete_photo, name="photo-delete"),
    path("photos/<uuid:photo_id>/zip/", archives.start_zip, name="zip-start"),
    path("photos/<uuid:photo_id>/preview.webp", photos.show_preview, name="photo-preview"),
    path("photos/<uuid:photo_id>/thumb.webp", photos.show_thumb, name="photo-thumb"),
    path("photos/<uuid:photo_id>/cut/<slug:name>.webp", photos.cut_out, name="photo-cut-out"),
    path(
        "photos/<uuid:photo_id>/<slug:scene>.webp", photos.show_suggestion, name="scene-suggestion"
    ),
    path("uploads/", parts.begin_upload, name="upload-start"),
    path("uploads/<uuid:upload_id>/", parts.receive_part, name="upload-part"),
    path("attempts/", attempts.start_attempt, name="attempt-start"),
    path("attempts/<uuid:attempt_id>/", attempts.show_attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/cancel/", attempts.cancel_attempt, name="attempt-cancel"),
    path("attempts/<uuid:attempt_id>/delete/", attempts.delete_attempt, name="attempt-delete"),
    path("attempts/<uuid:attempt_id>/favourite/", marks.set_favourite, name="attempt-favourite"),
    path("attempts/<uuid:attempt_id>/title/", marks.set_title, name="attempt-title"),
    path("attempts/<uuid:attempt_id>/share/", sharing.share_attempt, name="share-create"),
    path("attempts/<uuid:attempt_id>/unshare/", sharing.unshare_attempt, name="share-end"),
    path("attempts/<uuid:attempt_id>/recipe/", recipes.show_recipe, name="attempt-recipe"),
    path("attempts/<uuid:attempt_id>/again/", recipes.apply_recipe, name="attempt-repeat"),
    path("attempts/<uuid:attempt_id>/preview.webp", attempts.show_preview, name="attempt-preview"),
    path("attempts/<uuid:attempt_id>/thumb.webp", attempts.show_thumb, name="attempt-thumb"),
    path("attempts/<uuid:attempt_id>/behind.jpeg", attempts.show_behind, name="attempt-background"),
    path(
        "attempts/<uuid:attempt_id>/look.webp", attempts.show_first_look, name="attempt-first-look"
    ),
    path(
        "attempts/<uuid:attempt_id>/map.webp", attempts.show_heatmap, name="attempt-difference-map"
    ),
    path("attempts/<uuid:attempt_id>/exports/", exports.start_export, name="export-start"),
    path("exports/<uuid:export_id>/", exports.show_export, name="export"),
    path("exports/<uuid:export_id>/file/", exports.download_export, name="export-file"),
    path("archives/<uuid:archive_id>/", archives.show_zip, name="archive"),
    path("archives/<uuid:archive_id>/cancel/", archives.cancel_zip, name="archive-cancel"),
    path("archives/<uuid:archive_id>/file/", archives.download_zip, name="archive-file"),
    path("s/<str:token>/", sharing.show_shared_page, name="share-page"),
    path("s/<str:token>/before.webp", sharing.show_before, name="share-before"),
    path("s/<str:token>/after.webp", sharing.show_after, name="share-after"),
    path("s/<str:token>/file/", sharing.download_shared, name="share-file"),
    path("measures/", measures.receive_beacon, name="page-events"),
    path("ratings/", measures.rate_tool, name="rating-create"),
    path("mine/", photos.list_photos, name="my-photos"),
    path("events/", event_stream.stream_events, name="event-stream"),
    path("tools/<slug:slug>/settings/", settings.show_settings, name="settings-panel"),
    path("tools/<slug:slug>/quote/", settings.quote_attempt, name="quote"),
    path("work/<uuid:attempt_id>/", no_script.show_photo_page, name="attempt-page"),
    path("work/<uuid:attempt_id>/download/", no_script.show_download, name="attempt-page-download"),
    path("work/<slug:slug>/<uuid:photo_id>/", no_script.show_arriving, name="photo-processing"),
    path("work/<slug:slug>/", no_script.start_without_script, name="form-start"),
    path("verify/", verify.start_verify, name="verify"),
    path("verify/<uuid:check_id>/", verify.show_verify, name="verify-result"),
]
