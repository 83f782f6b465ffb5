"""Files are read by a process that they cannot harm us from."""

import contextlib
import io
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.tools.pipeline.intake import hostile_files
from tools.pipeline.intake import apart, decode, errors
from tools.pipeline.intake.limits import Limits

NOISE = np.random.default_rng(6).integers(0, 256, (48, 64, 3), np.uint8)
FORMS = {
    "JPEG": ("RGB", {}),
    "JPEG of four inks": ("CMYK", {}),
    "JPEG grey": ("L", {"progressive": True}),
    "PNG": ("RGBA", {}),
    "PNG palette": ("P", {}),
    "WEBP": ("RGBA", {}),
    "AVIF": ("RGBA", {}),
    "HEIF": ("RGB", {}),
    "TIFF": ("RGB", {"compression": "tiff_lzw"}),
    "TIFF jpeg": ("RGB", {"compression": "jpeg"}),
    "TIFF of four inks": ("CMYK", {}),
    "BMP": ("RGB", {}),
    "GIF": ("P", {}),
}


@pytest.fixture(scope="module")
def allowance():
    return apart.Allowance(megabytes=600, cpu_seconds=5, seconds=100)


@pytest.fixture
def standby(allowance):
    """A decoder of this test's."""
    own = apart.Standby()
    own.configure(allowance)
    yield own
    own.stop()


@pytest.fixture(scope="module")
def confined(allowance):
    """One decoder for the tests that leave it alive."""
    own = apart.Decoder(allowance)
    yield own
    own.stop()


def state(decoder) -> str:
    return Path(f"/proc/{decoder.process.pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize("form", FORMS)
def test_apart_and_in_this_process_the_same_comes_out(confined, saved, form):
    mode, options = FORMS[form]
    data = saved(Image.fromarray(NOISE).convert(mode), form.split()[0], **options)
    here, there = decode.decode_photo(data), confined.decode(data, Limits())
    assert np.array_equal(here.pixels, there.pixels)
    assert replace(here, pixels=there.pixels) == there


@pytest.mark.parametrize("transfer", [16, 18])
def test_an_hdr_picture_is_toned_apart_as_in_this_process(confined, transfer):
    import pillow_heif

    numbers = np.random.default_rng(3).integers(0, 65_536, (48, 64, 3), np.uint16)
    out = io.BytesIO()
    picture = pillow_heif.from_bytes("RGB;16", (64, 48), numbers.tobytes())
    picture.save(out, color_primaries=9, transfer_characteristics=transfer)
    here, there = decode.decode_photo(out.getvalue()), confined.decode(out.getvalue(), Limits())
    assert np.array_equal(here.pixels, there.pixels)


def test_a_refusal_comes_back_by_its_name_and_the_decoder_lives(confined):
    for data, named in ((b"<svg >", "svg"), (b"", "empty"), (b"%PDF-1.4", "pdf"), (b"x", None)):
        with pytest.raises(errors.RefusedError) as caught:
            confined.decode(data, Limits())
        assert caught.value.id == (named or "not-an-image")
    assert state(confined) in {"S", "R"}


@pytest.mark.parametrize(
    "name",
    [name for name, _ in hostile_files.list_files()][
        :: 1 if os.environ.get("PACKSHOT_ALL_HOSTILE") else 9
    ],
)
def test_a_hostile_file_is_refused_in_words_and_the_decoder_lives(confined, name):
    data = dict(hostile_files.list_files())[name]
    with contextlib.suppress(errors.RefusedError):
        confined.decode(data, Limits())
    assert confined.process.poll() is None


def test_a_decoder_that_dies_is_one_refusal_and_the_next_file_is_read(standby, saved):
    data = saved(NOISE, "PNG")
    standby.warm_up()
    first = standby.decoder.process
    # Stopped, it cannot answer; killed, it never will.
    os.kill(first.pid, signal.SIGSTOP)
    standby.decoder.allowance = apart.Allowance(seconds=0.2)
    with pytest.raises(apart.DecoderLostError):
        standby.decode(data, Limits())
    assert first.poll() == -signal.SIGKILL
    assert np.array_equal(standby.decode(data, Limits()).pixels, NOISE)
    os.kill(standby.decoder.process.pid, signal.SIGKILL)
    standby.decoder.process.wait()
    # One that died while nobody used it costs nobody a picture.
    assert np.array_equal(standby.decode(data, Limits()).pixels, NOISE)


def test_more_memory_than_allowed_is_a_refusal(saved):
    small = apart.Standby()
    small.configure(apart.Allowance(megabytes=100, cpu_seconds=20, seconds=100))
    large = Image.fromarray(np.zeros((6_000, 8_000, 3), np.uint8))
    try:
        with pytest.raises(errors.TooHeavyError):
            small.decode(saved(large, "PNG"), Limits())
        assert np.array_equal(small.decode(saved(NOISE, "PNG"), Limits()).pixels, NOISE)
    finally:
        small.stop()


PROBE = """
import json, os, socket, sys
from tools.pipeline.intake import confinement
confinement.limit_memory(600)
print(confinement.give_up_calls())
def tried(what):
    try:
        what()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
print(json.dumps([
    tried(lambda: open("/etc/hostname")),
    tried(lambda: socket.socket()),
    tried(lambda: os.execv("/bin/true", ["true"])),
    tried(lambda: os.kill(os.getppid(), 0)),
    tried(lambda: bytearray(900_000_000)),
]))
confinement.limit_seconds(1)
sys.stdout.flush()
while True:
    pass
"""


def test_what_is_confined_reaches_no_file_no_network_no_process_and_not_much_memory():
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        check=False,
        capture_output=True,
        text=True,
        env=apart.environment(),
    )
    has_filter, tried = done.stdout.splitlines()
    if has_filter == "True":
        assert tried.count("PermissionError") == 4
    assert "MemoryError" in tried
    assert done.returncode == -signal.SIGXCPU


def test_it_is_told_no_key_and_holds_no_handle_of_ours(standby, monkeypatch, tmp_path):
    for name in (
        "DATABASE_URL",
        "STRIPE_SECRET_KEY",
        "PACKSHOT_SECRET_KEY",
        "PACKSHOT_SIGNING_KEY",
    ):
        monkeypatch.setenv(name, "a secret")
    with (tmp_path / "packshot.sqlite3").open("w") as ours:
        os.set_inheritable(ours.fileno(), True)  # noqa: FBT003  the system's own call
        standby.warm_up()
        standby.decode(png(), Limits())
        process = Path(f"/proc/{standby.decoder.process.pid}")
        said = (process / "environ").read_bytes()
        assert b"a secret" not in said
        handles = [str(link.readlink()) for link in (process / "fd").iterdir()]
    assert not any("sqlite" in handle or "socket" in handle for handle in handles)
    maps = (process / "maps").read_text()
    assert "django" not in maps
    assert "_ssl" not in maps
    assert "psycopg" not in maps


def png() -> bytes:
    out = io.BytesIO()
    Image.fromarray(NOISE).save(out, "PNG")
    return out.getvalue()


PARENT = """
import sys
from tools.pipeline.intake import apart
apart.STANDBY.warm_up()
print(apart.STANDBY.decoder.process.pid, flush=True)
sys.stdin.readline()
"""


def test_a_decoder_ends_with_its_worker_however_that_ends():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        env=apart.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    child = os.pidfd_open(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    import select

    assert select.select([child], [], [], 100)[0] == [child]
    os.close(child)
