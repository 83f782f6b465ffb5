import pytest

from seo.models import Version
from seo.offered_loras import offered

pytestmark = pytest.mark.django_db


def test_the_styles_of_a_tools_pages_are_offered_drafts_too(write):
    write("mugs", tool="edit-by-words")
    drafted = write("cups", tool="edit-by-words", publish_at=None)
    other = write("bowls")
    Version.objects.filter(page__slug="mugs").update(preset={"style": "linen"})
    presets = [
        {"name": "a", "settings": {"style": "oak"}},
        {"name": "b", "settings": {"style": ""}},
    ]
    Version.objects.filter(pk=drafted.pk).update(presets=presets)
    Version.objects.filter(pk=other.pk).update(preset={"style": "elsewhere"})
    assert offered("edit-by-words") == {"linen", "oak"}
