import threading
from http.server import ThreadingHTTPServer

import pytest

from tests.tools.fetch.pages import Handler, sends


@pytest.fixture
def shop(settings):
    """A web server that the operator allows; its pages by path, and what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.pages, server.seen = {}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    settings.FETCH_ALLOWED = {f"127.0.0.1:{server.server_port}"}
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def mug_page(shop, mug, as_file):
    shop.pages["/mug.png"] = sends(as_file(mug), **{"Content-Type": "image/png"})
    return f"{shop.url}/mug.png"


@pytest.fixture
def ask(browser):
    return lambda address: browser.post("/photos/", {"url": address})
