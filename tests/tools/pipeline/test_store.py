import os

import numpy as np
import pytest

from tools.pipeline.graph import Address
from tools.pipeline.store import StepStore

HERE, THERE = Address("aa" * 32), Address("bb" * 32)
SEVERAL = {
    "image": np.arange(42, dtype=np.uint8).reshape(6, 7),
    "light": np.linspace(0, 1, 30, dtype=np.float32).reshape(2, 5, 3)[:, ::2],
    "none": np.empty((0, 3), np.uint16),
    "one": np.array(7),
    "confidence": 0.5,
    "words": ["é", None],
}


@pytest.fixture
def store(tmp_path):
    return StepStore(tmp_path, 10**6)


def test_a_value_of_several_parts_comes_back_as_it_was(store):
    store.put(HERE, SEVERAL)

    found = store.get(HERE)

    assert list(found) == ["confidence", "words", "image", "light", "none", "one"]
    for name, part in SEVERAL.items():
        assert np.array_equal(found[name], part), name
        if isinstance(part, np.ndarray):
            assert (found[name].dtype, found[name].shape) == (part.dtype, part.shape)


@pytest.mark.parametrize("value", [SEVERAL, SEVERAL["image"]])
def test_nobody_writes_to_what_is_kept(store, value):
    store.put(HERE, value)
    found = store.get(HERE)
    image = found if isinstance(found, np.ndarray) else found["image"]

    with pytest.raises(ValueError, match="read-only"):
        image[:] = 0


@pytest.mark.parametrize("value", [SEVERAL, SEVERAL["image"]])
@pytest.mark.parametrize("kept", [0, 5, 12, 60, 0.9])
def test_half_a_file_is_none_and_is_dropped(store, value, kept, caplog):
    store.put(HERE, value)
    whole = store.path(HERE).read_bytes()
    store.path(HERE).write_bytes(whole[: kept if kept >= 1 else int(kept * len(whole))])

    assert store.get(HERE) is None
    assert HERE not in store
    assert "not readable" in caplog.text


def test_what_an_earlier_version_has_kept_is_dropped(store, caplog):
    path = store.path("ab12")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        np.savez(file, json=np.array('{"share": 1}'))
    assert store.get("ab12") is None
    assert not path.exists()
    assert "not readable" in caplog.text


def test_the_least_recently_used_go_first(tmp_path):
    store = StepStore(tmp_path, 4000)
    large = np.zeros(1500, np.uint8)
    for address in (HERE, THERE):
        store.put(address, large)
        os.utime(store.path(address), (1, 1))
    store.get(HERE)

    store.put(Address("cc" * 32), large)

    assert HERE in store
    assert THERE not in store
