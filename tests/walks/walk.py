"""Ten wishes, walked through a site that this starts itself, on a phone and on a laptop.

usage: python -m tests.walks.walk [--only WORDS] [--width 390] [--neighbours 99] [--out FOLDER]

Prints a row for each: its clicks and those it may take, and what the delivered file was found to
be. Ends with 1 if a wish was not granted, or took more clicks. FOLDER keeps a picture of each end.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser.conftest import PATIENCE, QUIET, Site, chromium
from tests.walks.hand import Hand
from tests.walks.neighbours import fill_network
from tests.walks.truth import WrongFileError
from tests.walks.wishes import WISHES

PHONE, LAPTOP = 390, 1440
# What the site itself grants a network. All who walk have one address, as in a shop's one browser:
# an address has more here than the ten credits that it has in life.
GRANTS = {"PACKSHOT_FREE_A_NETWORK": "300"}


def walk(browser, site, wish, width, out):
    """(clicks, what was found, whether it is as wished)."""
    touch = width < 800
    context = browser.new_context(
        viewport={"width": width, "height": 844 if touch else 900},
        has_touch=touch,
        is_mobile=touch,
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    hand = Hand(page, touch=touch)
    try:
        page.goto(site.address + wish.path)
        found, good = wish.walk(hand), True
    except (WrongFileError, Error) as error:
        found, good = str(error).splitlines()[0], False
    page.screenshot(path=out / f"{width}-{wish.name.replace(' ', '-')}.png")
    context.close()
    return hand.clicks, found, good and hand.clicks <= wish.clicks


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="wishes with these words in their name")
    parser.add_argument("--width", type=int, choices=(PHONE, LAPTOP))
    parser.add_argument("--neighbours", type=int, default=99)
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def main():
    asked = read_arguments()
    folder = Path(tempfile.mkdtemp(prefix="packshot-walks-"))
    out = asked.out or folder
    out.mkdir(parents=True, exist_ok=True)
    wishes = [wish for wish in WISHES if asked.only in wish.name]
    site = Site(folder, **GRANTS)
    missed = 0
    try:
        if any("hundredth" in wish.name for wish in wishes):
            say(f"{fill_network(site.address, asked.neighbours)} credits spent by the neighbours")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            for width in [asked.width] if asked.width else (PHONE, LAPTOP):
                for wish in wishes:
                    clicks, found, good = walk(browser, site, wish, width, out)
                    missed += not good
                    mark = "ok " if good else "NOT"
                    say(f"{mark} {width:5} {wish.name:48} {clicks} of {wish.clicks}  {found}")
            browser.close()
    finally:
        site.end()
    say(f"{missed} missed; pictures in {out}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
