import json
from pathlib import Path

import pytest
from PIL import Image

from tools.storage import samples

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "tools/static/tools/samples"
MATTES = ROOT / "tests/data/samples"
SAMPLES = json.loads((PICTURES / "index.json").read_text())

every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["name"])


@every_sample
def test_a_sample_is_a_photograph_of_the_size_the_index_says(sample):
    path = PICTURES / sample["file"]
    assert path.stat().st_size <= 450_000
    with Image.open(path) as photo:
        assert (photo.format, photo.mode) == ("JPEG", "RGB")
        assert photo.size == (sample["width"], sample["height"])
        # Photographs are as large as we have them; they are shown and cut out at that size.
        assert max(photo.size) == (320 if sample["source"] else 1600)
        assert not photo.getexif()


@every_sample
@pytest.mark.parametrize("kind", ["webp", "avif"])
def test_a_sample_has_a_small_square_thumbnail(sample, kind):
    path = PICTURES / f"{sample['name']}.thumb.{kind}"
    assert path.stat().st_size <= 12_000
    with Image.open(path) as thumb:
        assert thumb.size == (176, 176)


@every_sample
def test_a_samples_true_alpha_fits_the_photograph_and_holds_a_whole_product(sample):
    with Image.open(MATTES / f"{sample['name']}.alpha.png") as alpha:
        assert alpha.mode == "L"
        assert alpha.size == (sample["width"], sample["height"])
        levels = alpha.histogram()
    pixels = sum(levels)
    inside = sum(levels[128:])
    assert 0.03 < inside / pixels < 0.7
    assert sum(levels[1:255]) > 0, "an edge without a soft pixel is no lens's"
    assert sum(levels[1:255]) / pixels < 0.15


@every_sample
def test_a_sample_is_described_for_those_who_do_not_see_it(sample):
    assert len(sample["title"]) > 8
    assert len(sample["alt"]) > len(sample["title"])
    assert sample["set"] in {"plain", "cluttered"}
    assert sample["category"]


def test_no_two_samples_share_a_name_and_no_file_lies_about_unlisted():
    names = [sample["name"] for sample in SAMPLES]
    assert len(set(names)) == len(names)
    assert {path.stem for path in PICTURES.glob("*.jpg")} == set(names)
    assert {path.name.removesuffix(".alpha.png") for path in MATTES.glob("*.png")} == set(names)


def test_a_photograph_says_whose_it_is_and_the_docs_name_the_same():
    attributions = (ROOT / "docs/samples.md").read_text()
    photographs = [sample for sample in SAMPLES if sample["source"]]
    assert len(photographs) >= 2
    for sample in photographs:
        assert "CC0" in sample["source"] or "MIT" in sample["source"]
        row = next(line for line in attributions.splitlines() if f"`{sample['name']}`" in line)
        repository = sample["source"].split(",")[0]
        assert repository in row
        assert f"{sample['width']} × {sample['height']}" in row


def test_where_a_tool_cuts_out_only_what_comes_out_right_is_offered():
    wrong = [sample["name"] for sample in SAMPLES if not sample["cut"]]
    right = [sample["name"] for sample in SAMPLES if sample["cut"]]
    offered = [one.name for one in samples.list_suited([*wrong, right[-1]], cut=True)]
    assert offered[0] == right[-1]
    assert len(offered) == min(samples.SHOWN, len(right))
    assert not set(offered) & set(wrong)
    assert [one.name for one in samples.list_suited(wrong, cut=False)] == wrong
    assert samples.list_suited(["gone"], cut=False)[0].name == SAMPLES[0]["name"]


def test_all_samples_together_stay_a_small_download():
    files = [path for folder in (PICTURES, MATTES) for path in folder.iterdir()]
    assert sum(path.stat().st_size for path in files) < 12_000_000
