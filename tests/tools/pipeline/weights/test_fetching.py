import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools.pipeline.weights import fetching, places, soundness
from tools.pipeline.weights.catalogue import WEIGHTS, File, Weights

DATA = bytes(range(256)) * 400
SMALL = b'{"architecture": "tiny"}'


class Hub(BaseHTTPRequestHandler):
    """Serves files with ranges, and a repository's list as the hub does."""

    asked: list
    breaks_at: int | None = None

    def do_GET(self):
        if self.path.startswith("/api/models/us/tiny/tree/abc"):
            self.answer(json.dumps(listing()).encode())
        elif self.path.endswith("model.safetensors"):
            self.answer(DATA)
        else:
            self.answer(SMALL)

    def answer(self, data):
        begin = int(self.headers.get("Range", "bytes=0-")[6:-1])
        type(self).asked.append((self.path, begin))
        self.send_response(206 if begin else 200)
        data = data[begin:]
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: type(self).breaks_at])

    def log_message(self, *args):
        pass


def listing():
    blob = hashlib.sha1(b"blob %d\0" % len(SMALL) + SMALL).hexdigest()
    return [
        {"type": "directory", "path": "unet", "oid": "0"},
        {"type": "file", "path": "config.json", "oid": blob, "size": len(SMALL)},
        {"type": "file", "path": "flax.msgpack", "oid": "1", "size": 10**15},
        {
            "type": "file",
            "path": "unet/model.safetensors",
            "oid": "2",
            "size": len(DATA),
            "lfs": {"oid": hashlib.sha256(DATA).hexdigest()},
        },
    ]


@pytest.fixture
def hub(monkeypatch, tmp_path):
    """A hub of our own, and a folder of weights."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_TOKEN", "U2NET_HOME", "REMBG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(places.place, "folder", tmp_path / "models")
    handler = type("Handler", (Hub,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def one(hub):
    import os

    sha256 = hashlib.sha256(DATA).hexdigest()
    url = f"{os.environ['HF_ENDPOINT']}/model.safetensors"
    file = File(path="model.safetensors", url=url, sha256=sha256, bytes=len(DATA))
    return Weights(name="one", licence="MIT", commercial=True, files=(file,))


REPOSITORY = Weights(
    name="tiny",
    licence="MIT",
    commercial=True,
    repo="us/tiny",
    revision="abc",
    include=("*.json", "*.safetensors"),
    required=("config.json", "unet/model.safetensors"),
)


def test_a_file_comes_whole_and_is_told_of_on_the_way(one):
    told = []
    folder = fetching.fetch_weights(one, lambda *said: told.append(said))
    assert (folder / "model.safetensors").read_bytes() == DATA
    assert told[-1] == ("model.safetensors", len(DATA), len(DATA))
    assert soundness.verify_weights(one, folder) is None
    assert places.find_weights(one) == folder


def test_what_broke_off_is_gone_on_from(one, hub):
    hub.breaks_at = 70_000
    with pytest.raises(fetching.WeightsError):
        fetching.fetch_weights(one)
    assert places.find_weights(one) is None
    hub.breaks_at = None
    fetching.fetch_weights(one)
    assert [begin for _, begin in hub.asked] == [0, 70_000]
    assert (places.find_weights(one) / "model.safetensors").read_bytes() == DATA


def test_what_is_there_and_sound_is_not_fetched_again(one, hub):
    fetching.fetch_weights(one)
    fetching.fetch_weights(one)
    assert len(hub.asked) == 1


def test_a_file_that_is_another_is_thrown_away(one):
    from dataclasses import replace

    other = replace(one, files=(replace(one.files[0], sha256="0" * 64),))
    with pytest.raises(fetching.WeightsError, match="not what it should be"):
        fetching.fetch_weights(other)
    assert list(places.place.home(other).iterdir()) == []


def test_a_damaged_file_is_found_out_and_mended(one):
    folder = fetching.fetch_weights(one)
    (folder / "model.safetensors").write_bytes(DATA[:-1] + b"!")
    assert "damaged" in soundness.verify_weights(one, folder)
    assert "damaged" in soundness.find_damage(one, folder)
    fetching.fetch_weights(one)
    assert soundness.verify_weights(one, folder) is None


def test_a_file_of_another_size_is_seen_without_reading(one):
    folder = fetching.fetch_weights(one)
    (folder / "model.safetensors").write_bytes(DATA[:100])
    assert "100 bytes" in soundness.find_damage(one, folder)


def test_a_full_disk_is_said_before_anything_comes(one, hub, monkeypatch):
    monkeypatch.setattr(fetching, "SPARE", 10**18)
    with pytest.raises(fetching.WeightsError, match="GB are free"):
        fetching.fetch_weights(one)
    assert hub.asked == []


@pytest.mark.parametrize("variable", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_offline_means_offline(one, hub, monkeypatch, variable):
    monkeypatch.setenv(variable, "1")
    with pytest.raises(fetching.WeightsError, match=variable):
        fetching.fetch_weights(one)
    assert hub.asked == []


def test_a_repository_comes_at_its_commit_and_is_verified_by_what_the_hub_said(hub):
    folder = fetching.fetch_weights(REPOSITORY)
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert files == {"config.json", "unet/model.safetensors", places.MANIFEST}
    assert soundness.verify_weights(REPOSITORY, folder) is None
    (folder / "unet/model.safetensors").write_bytes(DATA[::-1])
    assert "damaged" in soundness.verify_weights(REPOSITORY, folder)


def test_the_hubs_own_cache_is_found_and_verified_by_its_names(hub, tmp_path):
    cache = tmp_path / "cache/hub/models--us--tiny"
    (cache / "blobs").mkdir(parents=True)
    (cache / "snapshots/abc/unet").mkdir(parents=True)
    for path, data in {"config.json": SMALL, "unet/model.safetensors": DATA}.items():
        blob = cache / "blobs" / hashlib.sha256(data).hexdigest()
        blob.write_bytes(data)
        (cache / "snapshots/abc" / path).symlink_to(blob)
    assert places.find_weights(REPOSITORY) == cache / "snapshots/abc"
    assert soundness.verify_weights(REPOSITORY, places.find_weights(REPOSITORY)) is None
    blob.write_bytes(DATA[::-1])
    assert "damaged" in soundness.verify_weights(REPOSITORY, places.find_weights(REPOSITORY))


def test_weights_of_ones_own_are_brought_not_fetched(hub):
    with pytest.raises(fetching.WeightsError, match="put a file"):
        fetching.fetch_weights(WEIGHTS["u2net_custom"])


def test_everything_in_the_catalogue_is_pinned():
    for weights in WEIGHTS.values():
        assert weights.licence
        assert weights.own or weights.files or (len(weights.revision) == 40 and weights.required)
        assert all(len(file.sha256) == 64 for file in weights.files)


def test_what_is_not_for_commercial_use_is_used_only_when_the_operator_says_so(monkeypatch):
    restricted = Weights(name="nc", licence="CC-BY-NC-4.0", commercial=False, own="*.x")
    assert not places.place.may_be_used(restricted)
    for licensed in ("nc", "all"):
        monkeypatch.setattr(places.place, "licensed", frozenset({licensed}))
        assert places.place.may_be_used(restricted)
