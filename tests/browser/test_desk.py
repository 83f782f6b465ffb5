"""A marketer makes a page in two languages, another one publishes it, visitors come, it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.test_remove_background import PHOTO, drop, finished

ROOT = Path(__file__).parents[2]
PAGES = "/admin/seo/keywordpage/"
ENGLISH = {
    "title": "Cut out photos of pottery for your shop, free",
    "description": "Drop in the photo of a bowl, a mug or a vase and have it cut out at full size. The "
    "glaze stays as it is, and so does the edge of the foot.",
    "h1": "Cut out photos of pottery",
    "lead": "Glaze, foot and handle stay as you fired them.",
    "steps": "Drop in the photo of a pot.\nLook at the handle and the foot.\nDownload it for your shop.",
    "sections-0-title": "What is hard about pottery",
    "sections-0-text": "A bright spot on the glaze looks like the wall behind it, and the hole in a "
    "handle shows the wall itself. Both are kept apart here.",
    "questions-0-question": "Does the glaze change its colour?",
    "questions-0-answer": "No. Inside the outline every pixel is the one that you took.",
}
CHINESE = {
    "title": "陶器商品照片抠图,免费保留原始尺寸",
    "description": "上传碗、杯子或花瓶的照片,几秒钟内得到原始尺寸的透明背景图。釉面的颜色和光泽不会改变,底足与把手的边缘"
    "保持自然柔和,无需注册账号。",
    "h1": "陶器照片抠图",
    "lead": "釉面、底足和把手都保持原样。",
    "steps": "上传一张陶器照片。\n查看把手和底足的边缘。\n下载用于店铺的图片。",
    "sections-0-title": "陶器照片难在哪里",
    "sections-0-text": "釉面上的高光看起来像背后的墙,把手中间的空洞会露出墙面。这里会把两者分开处理。",
    "questions-0-question": "釉面的颜色会变吗?",
    "questions-0-answer": "不会。轮廓以内的每个像素都来自您的照片。",
}


@pytest.fixture
def signed_in(visit, site):
    """Somebody at the desk, let in as an operator lets people in."""

    def signed_in(email, *options):
        told = subprocess.run(
            [sys.executable, "manage.py", "marketer", email, *options],
            cwd=ROOT,
            env={**os.environ, "PACKSHOT_DATA": str(site.folder), "DATABASE_URL": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        page = visit("/admin/")
        page.fill("[name=username]", email)
        page.fill("[name=password]", re.search(r"password (\S+)\.", told)[1])
        page.click("[type=submit]")
        page.wait_for_selector("#nav-sidebar")
        return page

    return signed_in


def fill(page, words):
    for name, text in words.items():
        page.fill(f"form.form [name='{name}']", text)


def save(page):
    page.click("button[value=save]")
    page.get_by_text("Saved as a draft.").wait_for()


def until_it_is_there(page, what):
    """What visitors do is counted whenever the screen is opened, and their beacons take a moment."""
    for _ in range(240):
        if page.locator(what).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    pytest.fail(f"{page.url} never had {what}")


def test_a_page_in_two_languages_is_made_published_visited_and_counted(signed_in, visit, site):
    mark = signed_in("mark@example.com")
    mark.goto(f"{site.address}{PAGES}desk/new/")
    mark.select_option("[name=tool]", "remove-background")
    fill(mark, {"intent_name": "Pottery photos", "slug": "pottery-photos", **ENGLISH})
    mark.check("[name=samples][value=mug-on-paper]")
    # The page beside the form follows it.
    beside = mark.frame_locator("[data-preview]")
    beside.get_by_role("heading", name=ENGLISH["h1"]).wait_for()
    save(mark)

    mark.get_by_role("link", name="Examples", exact=True).click()
    mark.set_input_files("[name=photo]", PHOTO)
    # The theme would write the file's name into the next field.
    assert mark.get_attribute("[name=alt]", "value") is None
    mark.fill("[name=alt]", "A mug on its own")
    mark.click("button:has-text('Make the example')")
    mark.wait_for_selector("figure.pair img[src$='after.webp']")
    assert "No pixel repainted" in mark.inner_text("figure.pair figcaption")

    mark.get_by_role("link", name="Write", exact=True).click()
    mark.select_option("form.translate select", "zh-hans")
    mark.click("form.translate button")
    mark.get_by_text("Not written yet:").wait_for()
    fill(mark, CHINESE | {"examples-0-alt": "一个杯子"})
    save(mark)

    lena = signed_in("lena@example.com", "--admin")
    for act, said in (("review", "2 reviewed in your name."), ("publish", "2 live now, 0 held")):
        lena.goto(f"{site.address}{PAGES}desk/drafts/")
        lena.check("[name=all]")
        lena.click(f"button[value={act}]")
        lena.get_by_text(said).wait_for()

    listed = lena.request.get(f"{site.address}/sitemap.xml").text()
    parts = re.findall(r"<loc>([^<]+)</loc>", listed)
    listed += "".join(lena.request.get(part).text() for part in parts if part.endswith(".xml"))
    for path, words in (("/pottery-photos/", ENGLISH), ("/zh-hans/pottery-photos/", CHINESE)):
        assert f"{path}</loc>" in listed
        page = visit(path)
        assert page.inner_text("h1") == words["h1"]
        drop(page)
        finished(page)
        # Who leaves says what happened.
        page.goto("about:blank")

    lena.goto(f"{site.address}{PAGES}?q=pottery&locale=en")
    lena.get_by_role("link", name="Pottery photos").click()
    lena.get_by_role("link", name="How it does").click()
    # Whichever day it is by now: a visit at midnight is yesterday's.
    until_it_is_there(lena, "svg[aria-label^='Views:'][aria-label$='between 0 and 1.']")
    until_it_is_there(lena, "svg[aria-label^='Input rate: 100%']")
    until_it_is_there(lena, "svg[aria-label^='Success rate: 100%']")
