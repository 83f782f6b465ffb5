"""The benchmark itself, at a size that any processor has time for; and what only a GPU can show."""

import subprocess
import sys

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra torch is not installed")
pytest.importorskip("diffusers", reason="the extra torch is not installed")

# It imports torch itself.
models, rows = (pytest.importorskip(f"tests.gpu.{name}") for name in ("models", "rows"))

# Theirs, about their own next versions; nothing that we could mend.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
on_a_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")


@pytest.fixture
def on_the_processor(monkeypatch):
    monkeypatch.setenv("PACKSHOT_DEVICE", "cpu")


def test_every_model_has_its_row(on_the_processor, tmp_path):
    found = list(rows.measure(tmp_path, tiny=True))
    assert {row.model for row in found} == set(rows.LIMITS)
    assert [row.batch for row in found if row.model == "sdxl"] == [1, 4]
    assert [row.batch for row in found if row.model == "birefnet"] == [1, 8]
    for row in found:
        assert row.rate > 0
        assert row.megabytes is None
        assert len(str(row)) < 110


def test_without_a_gpu_it_says_so_and_ends():
    if torch.cuda.is_available():
        pytest.skip("there is one")
    command = [sys.executable, "-m", "tests.gpu.bench"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said == "There is no CUDA device here: nothing is measured.\n"


@on_a_gpu
@pytest.mark.parametrize("name", ["sdxl", "sdxl-outline", "flux-fill"])
def test_a_picture_is_the_same_alone_and_in_a_batch_on_the_gpu(name, tmp_path, monkeypatch):
    monkeypatch.setenv("PACKSHOT_DEVICE", "cuda:0")
    pipe = models.pipe(name, tmp_path, tiny=True)
    jobs = [rows.job(pipe.model.canvas, seed) for seed in range(3)]
    for job, painted in zip(jobs, pipe.painted(jobs), strict=True):
        assert np.abs(pipe.painted([job])[0] - painted).max() < 0.02


@on_a_gpu
def test_memory_is_given_back(tmp_path, monkeypatch):
    monkeypatch.setenv("PACKSHOT_DEVICE", "cuda:0")
    before = torch.cuda.memory_allocated()
    pipe = models.pipe("sdxl", tmp_path)
    assert torch.cuda.memory_allocated() - before > 4e9
    pipe.close()
    assert torch.cuda.memory_allocated() - before < 1e8
