"""Hooks by which one run of a client finds the shim; nothing of the machine's own is touched."""

from pathlib import Path

# Connections to that one host go to this port of this machine; its name is still what is verified.
NODE = """\
const tls = require("node:tls");
const connect = tls.connect;
tls.connect = function (...given) {
  const options = given.find((one) => one && typeof one === "object");
  const host = options && (options.servername || options.host);
  if (options && (host === "HOST" || options.host === "HOST")) {
    const moved = { ...options, host: "127.0.0.1", port: PORT, servername: "HOST" };
    const heard = given.find((one) => typeof one === "function");
    return connect.call(tls, moved, heard);
  }
  return connect.apply(tls, given);
};
"""
PYTHON = """\
import socket

_look_up = socket.getaddrinfo


def getaddrinfo(host, port, *args, **kwargs):
    if host in ("HOST", b"HOST"):
        host, port = "127.0.0.1", PORT
    return _look_up(host, port, *args, **kwargs)


socket.getaddrinfo = getaddrinfo
"""


def write_hooks(folder: Path, host: str, port: int) -> tuple[Path, Path]:
    """The files that Node requires first, and that Python finds in this folder."""
    node, python = folder / "to_shim.cjs", folder / "python" / "sitecustomize.py"
    python.parent.mkdir(parents=True, exist_ok=True)
    for path, text in ((node, NODE), (python, PYTHON)):
        path.write_text(text.replace("HOST", host).replace("PORT", str(port)))
    return node, python
