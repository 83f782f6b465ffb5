"""The smallest pictures end in words about the picture, and not about our side."""

import numpy as np
import pytest

from tools.attempts import lifecycle
from tools.models import DeadLetter
from tools.rendering import ingest
from tools.workers import cpu

# Three pixels a side of a blue thing, as one was sent.
TINY = np.array(
    [
        [[192, 193, 193], [132, 156, 183], [189, 192, 192]],
        [[156, 170, 191], [103, 145, 199], [158, 172, 190]],
        [[171, 181, 194], [82, 114, 154], [150, 155, 162]],
    ],
    np.uint8,
)


@pytest.mark.parametrize("tool", ["remove-background", "add-background", "enhance-photo"])
def test_a_picture_of_nine_pixels_is_not_called_a_fault_of_ours(upload, as_file, tool):
    photo = upload(as_file(TINY))
    ingest.ingest_photo(photo.pk)
    photo.refresh_from_db()
    attempt = lifecycle.start_attempt(photo, tool, {})
    cpu.work_once()
    attempt.refresh_from_db()
    assert attempt.error in {"", "no-subject", "nothing-to-place"}
    assert not DeadLetter.objects.exists()
