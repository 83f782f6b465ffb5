import json
import re

import pytest

from seo.public import json_ld
from tools.models import Rating

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r'<script type="application/ld\+json">(.+?)</script>', re.DOTALL)


def nodes(text, path):
    graph = json.loads(SCRIPT.search(text(path))[1])["@graph"]
    return {node["@type"]: node for node in graph}


def test_a_page_is_an_application_in_its_hub(text, write):
    write("amazon", hub="marketplace", name="Amazon")
    found = nodes(text, "/amazon/")
    assert found["WebApplication"]["offers"]["price"] == "0"
    assert "aggregateRating" not in found["WebApplication"]
    trail = [item["item"] for item in found["BreadcrumbList"]["itemListElement"]]
    origin = "http://testserver"
    assert trail == [f"{origin}/tools/", f"{origin}/tools/marketplace/", f"{origin}/amazon/"]


def test_a_rating_is_there_when_somebody_gave_one(text, write, visitor):
    write()
    Rating.objects.create(visitor=visitor, tool="remove-background", stars=4)
    rating = nodes(text, "/cut-mugs/")["WebApplication"]["aggregateRating"]
    assert (rating["ratingValue"], rating["ratingCount"]) == ("4.0", 1)


def test_the_first_page_says_what_the_site_is(text):
    assert {"WebSite", "Organization"} <= set(nodes(text, "/"))


def test_nothing_in_it_can_end_the_script(text, write):
    write(h1="</script><script>alert(1)</script>", name="<!-- & -->")
    assert nodes(text, "/cut-mugs/")["WebApplication"]["name"].startswith("</script>")
    assert "<" not in json_ld.script([{"name": "</script>\u2028"}])
