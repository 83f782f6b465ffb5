"""A visitor opens the page, drops a photo, and downloads a cut-out."""

import base64
import io
from pathlib import Path

import numpy as np
from PIL import Image

from tools.storage.samples import FOLDER

TRUTH = Path(__file__).parents[1] / "data" / "samples"
SAMPLE = "mug-on-paper"
PHOTO = FOLDER / f"{SAMPLE}.jpg"

DROP = """
({data, name}) => {
    const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], name, {type: 'image/jpeg'}))
    for (const kind of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: transfer}))
}
"""


def drop(page, path=PHOTO):
    data = base64.b64encode(path.read_bytes()).decode()
    page.wait_for_selector("packshot-editor:defined")
    page.evaluate(DROP, {"data": data, "name": path.name})


def finished(page):
    page.wait_for_selector("packshot-viewer[data-state=done]")


def agreement(cut_out, name=SAMPLE):
    """Intersection over union of a cut-out's alpha and the renderer's own, at one half."""
    found = np.asarray(cut_out.getchannel("A")) > 127
    true = np.asarray(Image.open(TRUTH / f"{name}.alpha.png").convert("L")) > 127
    assert found.shape == true.shape
    return (found & true).sum() / (found | true).sum()


def downloaded(download):
    return Image.open(io.BytesIO(Path(download.path()).read_bytes()))


def test_a_dropped_photo_is_cut_out_and_downloaded(visit, width):
    page = visit(width=width)
    drop(page)
    finished(page)
    slider = page.locator("packshot-compare input[type=range]")
    slider.fill("20")
    assert slider.input_value() == "20"
    with page.expect_download() as download:
        page.locator("packshot-download button, [data-act=download]").first.click()
    picture = downloaded(download.value)
    assert picture.format == "PNG"
    assert agreement(picture) > 0.9


def test_a_reload_finds_the_attempt_again(visit):
    page = visit()
    drop(page)
    finished(page)
    page.reload()
    finished(page)
    assert page.locator("packshot-attempt-strip li").count() >= 2


def test_a_sample_is_one_click(visit):
    page = visit()
    page.wait_for_selector("packshot-editor:defined")
    page.locator("[data-sample]").first.click()
    finished(page)


def test_a_refused_file_says_what_to_do(visit, tmp_path):
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(b"%PDF-1.7 and so on")
    page = visit()
    page.wait_for_selector("packshot-editor:defined")
    page.set_input_files("input[type=file]", path)
    page.get_by_text("PDF").first.wait_for()


def test_it_all_works_without_javascript(visit, width):
    page = visit(width=width, java_script_enabled=False)
    page.set_input_files("input[type=file]", PHOTO)
    page.locator("button.go[type=submit]").click()
    page.wait_for_selector("img[src*='/attempts/']")
    page.locator("form[action$='/download/'] button").first.click()
    with page.expect_download() as download:
        page.locator("a[href*='/exports/']").first.click()
    assert agreement(downloaded(download.value)) > 0.9


def test_a_worker_killed_in_the_middle_hangs_nobody(visit, site):
    page = visit()
    drop(page)
    page.wait_for_selector("packshot-viewer[data-state=running], packshot-viewer[data-state=done]")
    site.kill_workers()
    finished(page)


def test_nothing_is_pushed_on_the_way_back(visit):
    page = visit()
    page.wait_for_selector("packshot-editor:defined")
    assert page.evaluate("history.length") <= 2
