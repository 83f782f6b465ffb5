"""A server on this machine alone that answers as another host, by asking this site."""

import ssl
from http.server import BaseHTTPRequestHandler
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any, cast

import httpx

HOST = "api.remove.bg"
TLS_HANDSHAKE = b"\x16"
MOST_HEAD = 8192
# What belongs to one connection and not to what is sent over it.
OF_CONNECTION = {
    "host",
    "connection",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "te",
    "trailer",
    "upgrade",
    "expect",
    "accept-encoding",
    "content-length",
    "content-encoding",
}


class Shim(ThreadingTCPServer):
    """Listens on the loopback interface; `target` is where the site is."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, context: ssl.SSLContext, target: str) -> None:
        super().__init__(("127.0.0.1", port), Arrival)
        self.context, self.target = context, target.rstrip("/")

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Arrival(StreamRequestHandler):
    """A connection: TLS at once, or after a CONNECT of a client that was given a proxy."""

    def handle(self) -> None:
        shim = cast("Shim", self.server)
        peeked = self.request.recv(1, 2)  # socket.MSG_PEEK
        if peeked != TLS_HANDSHAKE and not self.is_tunnel():
            return
        try:
            with shim.context.wrap_socket(self.request, server_side=True) as secure:
                Forwarding(secure, self.client_address, shim)
        except (ssl.SSLError, ConnectionError):
            # A client that does not trust us, or has gone.
            return

    def is_tunnel(self) -> bool:
        """Whether it asks for a tunnel to the one host that there is."""
        head = b""
        while b"\r\n\r\n" not in head and len(head) < MOST_HEAD:
            # Byte by byte: what follows the head is TLS's.
            byte = self.request.recv(1)
            if not byte:
                return False
            head += byte
        if head.startswith(f"CONNECT {HOST}:443 ".encode()):
            self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            return True
        self.request.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        return False


class Forwarding(BaseHTTPRequestHandler):
    """One request after another, sent on to the site as it is."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.forward()

    def do_POST(self) -> None:
        self.forward()

    def do_OPTIONS(self) -> None:
        self.forward()

    def forward(self) -> None:
        shim = cast("Shim", self.server)
        sent = {
            name: value for name, value in self.headers.items() if name.lower() not in OF_CONNECTION
        }
        try:
            answer = httpx.request(
                self.command,
                shim.target + self.path,
                headers={**sent, "Accept-Encoding": "identity"},
                content=self.read_body(),
                timeout=None,  # noqa: S113  the client has its own patience
                trust_env=False,
            )
        except httpx.TransportError as error:
            self.send_error(502, f"{shim.target} does not answer: {error}")
            return
        self.send_response(answer.status_code)
        for name, value in answer.headers.multi_items():
            if name.lower() not in OF_CONNECTION:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def read_body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ARG002  as its base calls it
        """One line for each call, with nothing of what was sent."""
        print(f"{HOST}{self.path}", *args[1:2], flush=True)  # noqa: T201  it is a program's own log
