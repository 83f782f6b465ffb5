import json
from base64 import b64encode
from hashlib import sha256

import pytest

from foundation import import_map


@pytest.fixture(autouse=True)
def read_anew():
    import_map.import_map.cache_clear()
    import_map.import_map_hash.cache_clear()


def test_each_module_is_found_by_its_plain_address_and_nothing_else_is():
    imports = json.loads(import_map.import_map())["imports"]
    assert "/static/tools/editor/index.js" in imports
    assert all(name.startswith("/static/tools/") and name.endswith(".js") for name in imports)


def test_a_policy_knows_the_map_by_its_bytes():
    digest = sha256(import_map.import_map().encode()).digest()
    assert import_map.import_map_hash() == f"sha256-{b64encode(digest).decode()}"


def test_a_files_name_cannot_end_the_script(monkeypatch):
    class Finder:
        def list(self, ignored):
            yield "tools/a</script>.js", None
            yield "tools/a.css", None

    monkeypatch.setattr(import_map.finders, "get_finders", lambda: [Finder()])
    assert "</script>" not in import_map.import_map()
    assert len(json.loads(import_map.import_map())["imports"]) == 1
    import_map.import_map.cache_clear()
