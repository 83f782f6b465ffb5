"""Files that people and attackers sent, where PACKSHOT_CASES says they lie; they are not ours to keep.

`PACKSHOT_CASES=../shared/cases pytest -n 0 tests/tools/rendering/test_decoding_cases.py`
"""

import os
from pathlib import Path

import pytest

from tools.models import DeadLetter, Photo
from tools.pipeline.intake import apart, errors
from tools.rendering import decoding, folders, ingest

CASES = Path(os.environ.get("PACKSHOT_CASES") or "nowhere")
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="PACKSHOT_CASES says no folder")

HOSTILE = sorted(CASES.glob("hostile/*"))
# An empty file and a name that only looks like a picture's are no pictures.
PICTURES = [
    path
    for path in sorted(CASES.glob("pictures/**/*"))
    if path.is_file() and not folders.why_skipped(path) and path.stat().st_size
]


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_a_hostile_file_is_refused_in_words_within_a_few_megabytes(upload, path):
    decoding.warm_up()
    with pytest.raises(errors.RefusedError) as caught:
        decoding.decode_upload(path.read_bytes())
    assert caught.value.id not in {"too-heavy", "refused"}
    status = Path(f"/proc/{apart.STANDBY.decoder.process.pid}/status").read_text()
    assert int(status.split("VmHWM:")[1].split()[0]) < 200_000


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_that_somebody_has_is_read_under_whatever_name(upload, path):
    photo = upload(path.read_bytes(), name=path.name)
    ingest.ingest_photo(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.error) == (Photo.State.READY, "")
    assert not DeadLetter.objects.exists()
