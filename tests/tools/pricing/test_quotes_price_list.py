"""What the page of prices says is what is charged: every tool, kind, engine and size."""

import html
import itertools
import re

import pytest

from seo import starter_pages
from tools.definition import registry
from tools.models import Photo
from tools.pipeline import engines, ops
from tools.pipeline.engines import EMBEDDED
from tools.pipeline.graph import make_source
from tools.pricing import charges

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<th scope="row"><a href="/([\w-]+)/">(.*?)</th>(.*?)</tr>', re.DOTALL)
RATE = re.compile(
    r"(\d+) credits? up to (\d+) megapixels?, then 1 for (?:each one|every (\d+)) more"
)
WORK = {"Cut-out": "matte", "Background from words": "surround"}
MEGAPIXELS = [(1000, 500), (2000, 1000), (2001, 1000), (2000, 2000), (2001, 2000), (6000, 4000)]
STEPS = {
    "matte": ops.subject,
    "surround": ops.surroundings,
    "denoise": ops.clean,
    "fill": ops.erase,
}


@pytest.fixture
def page(client):
    """The rates as people read them: by tool and named work, built in and larger."""
    starter_pages.load_pages(starter_pages.STARTER)
    read = {}
    for slug, name, cells in ROW.findall(client.get("/pricing/").content.decode()):
        said = re.sub("<.*?>", "", html.unescape(name)).partition(": ")[2]
        found = [tuple(int(part or 1) for part in rate) for rate in RATE.findall(cells)]
        assert len(found) == 2
        read.setdefault(slug, {})[WORK.get(said, "")] = found
    return read


def worth(rate, megapixels):
    run, included, step = rate
    return run + max(0, -int(-(megapixels - included) // step))


def steps_of(tool, kinds, width, height):
    """One step of each kind, as a plan asks for it."""
    source = make_source("0" * 64, width, height)
    return [(tool.slug, STEPS[kind](source)) for kind in kinds]


def engines_of(kind):
    listed = [engine for (of, _), engine in engines.list_engines().items() if of == kind]
    assert listed
    return listed


@pytest.mark.parametrize("slug", ["remove-background", "enhance-photo", "add-background",
                                  "erase-object", "expand-photo"])  # fmt: skip
def test_every_run_costs_what_the_page_says(page, slug):
    tool = registry.get_tool(slug)
    kinds = sorted(tool.all_kinds())
    assert set(page[slug]) == (set(kinds) if len(kinds) > 1 else {""})
    for some in (kinds[: many + 1] for many in range(len(kinds))):
        for chosen in itertools.product(*(engines_of(kind) for kind in some)):
            named = dict(zip(some, chosen, strict=True))
            for width, height in MEGAPIXELS:
                rates = [page[slug].get(kind) or page[slug][""] for kind in some]
                said = sum(
                    worth(rate[engine.name != EMBEDDED], width * height / 1e6)
                    for rate, engine in zip(rates, chosen, strict=True)
                )
                photo = Photo(width=width, height=height)
                steps = steps_of(tool, some, width, height)
                assert charges.sum_prices(photo, steps, named) == said, (named, width, height)


def test_a_larger_matte_under_a_new_background_costs_what_a_cut_out_does():
    tool = registry.get_tool("add-background")
    matte, surround = engines_of("matte")[0], engines_of("surround")[0]
    photo, steps = Photo(width=1000, height=1000), steps_of(tool, ["matte", "surround"], 1000, 1000)
    assert charges.sum_prices(photo, steps, {"matte": matte, "surround": surround}) == 2 + 8
