import json
import re

from django.template import Context, Template

from foundation import import_map


def test_a_page_carries_the_map_as_its_policy_knows_it():
    page = Template("{% load importmap %}{% importmap %}").render(Context())
    found = re.fullmatch(r'<script type="importmap">(.+)</script>', page)[1]
    assert found == import_map.import_map()
    assert json.loads(found)["imports"]
