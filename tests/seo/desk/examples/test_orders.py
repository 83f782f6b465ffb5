import pytest
from django.core.files.base import ContentFile

from seo.desk.examples import orders
from seo.desk.models import ExampleOrder
from tools.errors import UnknownSampleError
from tools.pipeline.intake.errors import RefusedError
from tools.storage import files

pytestmark = pytest.mark.django_db


def test_an_upload_that_is_no_picture_is_refused_and_leaves_nothing(written):
    with pytest.raises(RefusedError):
        orders.order_example(written("mug"), alt="A mug", file=ContentFile(b"words", "a.png"))
    with pytest.raises(UnknownSampleError):
        orders.order_example(written("shoe"), alt="A mug", sample="no-such")
    assert not ExampleOrder.objects.exists()
    assert files.list_folder("desk") == []


def test_an_order_waits_with_its_photo(written, mug, as_file):
    version = written("mug")
    file = ContentFile(as_file(mug), "mug.png")
    made = orders.order_example(version, alt="A red mug", file=file)
    assert files.read_file(made.photo) == as_file(mug)
    assert orders.list_open_orders(version) == [made]


def test_a_photo_whose_order_could_not_be_written_is_thrown_away(
    written, mug, as_file, monkeypatch
):
    def broken(*_, **__):
        raise OSError

    monkeypatch.setattr(ExampleOrder, "save", broken)
    with pytest.raises(OSError):  # noqa: PT011  whatever the database says
        orders.order_example(written("mug"), alt="A", file=ContentFile(as_file(mug), "mug.png"))
    assert files.list_folder("desk") == []
