import io
import json

import numpy as np
import pytest
from PIL import Image

from accounts.models import Visitor
from tools.photos import uploads
from tools.pipeline.pixels import Rgb

SIDE = 160


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """SQLite has no TRUNCATE: emptying a test's database is deleting, which entries refuse."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS billing_entry_stays_DELETE")


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Pictures and step results of a test are its own."""
    settings.STEPS_DIR = tmp_path / "steps"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "foundation.picture_storage.Pictures",
            "OPTIONS": {"location": tmp_path / "pictures", "allow_overwrite": True},
        },
    }
    return tmp_path


@pytest.fixture
def mug() -> Rgb:
    """A red disc with a grain of its own, on a pale ground with another."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[:SIDE, :SIDE] - SIDE / 2
    disc = (np.hypot(x, y) < SIDE / 4)[..., None]
    picture = np.where(disc, (170, 40, 35), (222, 220, 214)) + random.normal(0, 3, (SIDE, SIDE, 3))
    return np.clip(picture, 0, 255).astype(np.uint8)


@pytest.fixture
def as_file():
    """The bytes of a picture file of these pixels."""

    def as_file(pixels, kind="PNG", **options):
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, kind, **options)
        return buffer.getvalue()

    return as_file


@pytest.fixture
def visitor(db):
    return Visitor.objects.create()


@pytest.fixture
def upload(visitor, mug, as_file):
    """Send a picture in as the visitor would; it waits to be read."""
    from django.core.files.base import ContentFile

    def upload(data=None, name="mug.png", **options):
        content = ContentFile(as_file(mug) if data is None else data)
        return uploads.receive_upload(
            options.pop("visitor", visitor), content, name=name, **options
        )

    return upload


@pytest.fixture
def photo(upload):
    """The visitor's photo, read by the worker."""
    from tools.rendering import ingest

    received = upload()
    ingest.ingest_photo(received.pk)
    received.refresh_from_db()
    return received


@pytest.fixture
def browser(client, visitor):
    """A client that carries the visitor's cookie."""
    from accounts.visitors import COOKIE
    from tests.cookies import signed

    client.cookies[COOKIE] = signed(COOKIE, str(visitor.pk))
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.fixture
def says():
    """The JSON of an answer."""

    def says(answer):
        return json.loads(answer.content)

    return says
