"""What a visitor's hand does in the editor, for the journeys."""

import base64

from playwright.sync_api import expect

DROP = """
({data, name}) => {
    const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], name, {type: 'image/jpeg'}))
    for (const kind of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: transfer}))
}
"""
CARDS = "packshot-attempt-strip li:not(.original)"


class Hand:
    def __init__(self, page):
        self.page = page

    def drop(self, path):
        self.page.wait_for_selector("packshot-editor:defined")
        data = base64.b64encode(path.read_bytes()).decode()
        self.page.evaluate(DROP, {"data": data, "name": path.name})

    def sees(self, state):
        self.page.wait_for_selector(f"packshot-viewer[data-state={state}]")

    def has(self, count):
        """So many attempts are in the strip, and what is looked at is done."""
        expect(self.page.locator(CARDS)).to_have_count(count)
        self.sees("done")

    def tries(self, count):
        self.page.locator(".go").click()
        self.has(count)

    def sets(self, name, value):
        """Move a slider, folded away or not."""
        self.opens_settings()
        self.page.locator(f"packshot-settings details:has([name={name}]) > summary").last.evaluate(
            "summary => { summary.parentElement.open = true }"
        )
        self.page.locator(f"packshot-settings [name={name}]").fill(str(value))

    def opens_settings(self):
        """On a phone they are a sheet that is pulled up."""
        key = self.page.locator("[data-bar=settings]")
        if key.is_visible() and key.get_attribute("aria-expanded") == "false":
            key.click()

    def over(self, selector="packshot-compare"):
        """The middle of something, and its size."""
        self.page.locator(selector).scroll_into_view_if_needed()
        box = self.page.locator(selector).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box

    def drags(self, x, y, by_x, by_y):
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + by_x / 2, y + by_y / 2)
        mouse.move(x + by_x, y + by_y)
        mouse.up()

    def value(self, name):
        return self.page.locator(f"form.sheet [name={name}]").input_value()
