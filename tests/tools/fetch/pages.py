"""A web server on this machine: its pages by path, and what it was asked."""

from http.server import BaseHTTPRequestHandler


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append((self.path, dict(self.headers)))
        self.server.pages[self.path.partition("?")[0]](self)

    def log_message(self, *args):
        """Say nothing."""


def sends(body, *, status=200, length=None, **headers):
    def page(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = length is not None

    return page


def goes_on(to):
    return sends(b"", status=302, Location=to)
