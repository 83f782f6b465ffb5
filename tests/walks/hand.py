"""A hand that counts its clicks. A stroke, and a press that is held, are gestures: each begins with
one click at most, which is counted where it is one.
"""

from pathlib import Path

STROKE_STEPS = 8


class Hand:
    def __init__(self, page, *, touch):
        self.page = page
        self.touch = touch
        self.clicks = 0
        # A finger that is down is known to the session that put it there, and to no other.
        self.finger = page.context.new_cdp_session(page) if touch else None

    def taps(self, selector):
        """The first of these that is seen."""
        found = self.page.locator(selector).locator("visible=true").first
        found.tap() if self.touch else found.click()
        self.clicks += 1

    def gives(self, path, selector="packshot-drop-zone .zone input[type=file]"):
        """Choose a file: one click, whatever the system's own dialog asks."""
        self.page.wait_for_selector("packshot-editor:defined")
        self.page.set_input_files(selector, path)
        self.clicks += 1

    def sees_result(self, count=None):
        """What is looked at is done; `count`: with so many attempts in the strip."""
        self.page.wait_for_selector("packshot-viewer[data-state=done]")
        if count is not None:
            cards = "packshot-attempt-strip li:not(.original)"
            self.page.wait_for_function(
                "([cards, count]) => document.querySelectorAll(cards).length === count",
                arg=[cards, count],
            )
            self.page.wait_for_selector("packshot-viewer[data-state=done]")

    def downloads(self):
        """The file's bytes. On a phone it is the key in the bar, else the panel's button."""
        self.page.wait_for_selector(".get:enabled", state="attached")
        with self.page.expect_download() as download:
            self.taps('[data-bar="download"], .get' if self.touch else ".get")
        return Path(download.value.path()).read_bytes()

    def on_picture(self, share_x, share_y):
        """Where on the page a place of the picture is, in pixels."""
        return self.page.evaluate(
            """([x, y]) => {
                const compare = document.querySelector('packshot-compare')
                const {left, top, width, height} = compare.getBoundingClientRect()
                const {width: wide, height: high} = compare.shown
                return [left + width / 2 + (x - 0.5) * wide, top + height / 2 + (y - 0.5) * high]
            }""",
            [share_x, share_y],
        )

    def presses(self, x, y):
        """Put the finger down and leave it there."""
        self._points("touchStart", x, y) if self.touch else self._mouse_down(x, y)

    def lifts(self):
        self._points("touchEnd") if self.touch else self.page.mouse.up()

    def strokes(self, start, end):
        """Draw from one place of the picture to another."""
        (x, y), (to_x, to_y) = self.on_picture(*start), self.on_picture(*end)
        self.presses(x, y)
        for step in range(1, STROKE_STEPS + 1):
            share = step / STROKE_STEPS
            here = (x + (to_x - x) * share, y + (to_y - y) * share)
            self._points("touchMove", *here) if self.touch else self.page.mouse.move(*here)
        self.lifts()

    def _mouse_down(self, x, y):
        self.page.mouse.move(x, y)
        self.page.mouse.down()

    def _points(self, kind, *place):
        points = [{"x": place[0], "y": place[1]}] if place else []
        self.finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
