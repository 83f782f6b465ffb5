"""White behind the product: what a visitor taps is what is downloaded."""

from tests.browser.steps import cut_out, picture


def test_a_white_jpeg_takes_three_steps(visit):
    page = visit()
    cut_out(page)
    page.click("button[data-backdrop=white]")
    with page.expect_download() as download:
        page.locator(".get").click()
    found = picture(download.value)
    assert found.format == "JPEG"
    assert {found.getpixel(corner) for corner in ((0, 0), (found.width - 1, 0))} == {(255,) * 3}
    shown = page.locator(".get").inner_text()
    assert f"{found.width} × {found.height}" in shown.replace(",", "")


def test_a_scene_where_white_is_wanted_is_not_fit_and_white_is_offered(visit):
    page = visit("/add-background/")
    cut_out(page)
    page.select_option("#market", "amazon")
    page.locator(".checks[data-verdict=failed] li").first.wait_for()
    page.locator("[data-white]").click()
    page.locator(".checks:not([data-verdict=failed], [data-verdict=checking]) li").first.wait_for()
    with page.expect_download() as download:
        page.locator(".get").click()
    found = picture(download.value)
    assert found.size == (2000, 2000)
    assert found.getpixel((0, 0)) == (255, 255, 255)
