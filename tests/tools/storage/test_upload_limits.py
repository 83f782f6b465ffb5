from tools.storage import upload_limits


def test_a_download_may_be_heavier_than_any_photo_that_is_taken_in(settings):
    settings.PHOTO_MAX_BYTES, settings.PHOTO_MAX_PIXELS = 1000, 2000
    photos, checks = upload_limits.photo_limits(), upload_limits.check_limits()
    assert (photos.bytes, photos.pixels) == (1000, 2000)
    assert checks.bytes == 1000 * upload_limits.HEAVIER
    assert checks.pixels > photos.pixels
