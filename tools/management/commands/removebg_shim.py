import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from tools.web.removebg.shim import certificates, hooks
from tools.web.removebg.shim.server import HOST, Shim

PORT = 8443
USUAL_SITE = "http://127.0.0.1:8000"


class Command(BaseCommand):
    help = (
        f"Answer as {HOST} on this machine alone, for clients that have that address written in. A "
        "stopgap: a client whose address can be set needs none of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default=settings.ORIGIN or USUAL_SITE, help="where the site is")
        parser.add_argument("--port", type=int, default=PORT, help="0: any that is free")
        parser.add_argument(
            "--folder", type=Path, help="where to put the certificate and the hooks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="packshot-shim-") as made:
            folder = options["folder"] or Path(made)
            trusted, context = certificates.make_certificate(HOST, folder)
            with Shim(options["port"], context, options["to"]) as shim:
                node, python = hooks.write_hooks(folder, HOST, shim.port)
                self.stdout.write(manual(shim.port, options["to"], trusted, node, python))
                self.stdout.flush()
                try:
                    shim.serve_forever()
                except KeyboardInterrupt:
                    self.stdout.write("Stopped; its certificate is worth nothing any more.")


def manual(port: int, target: str, trusted: Path, node: Path, python: Path) -> str:
    """The one line that each kind of client needs before its own command."""
    return f"""{HOST} is answered on 127.0.0.1:{port} by {target}, until this command ends.
Nothing of this machine is changed; each line holds for the one command that it stands before.

Node (npm remove.bg, the official CLI):
  NODE_EXTRA_CA_CERTS={trusted} NODE_OPTIONS="--require {node}" …
Python (removebg-cli):
  REQUESTS_CA_BUNDLE={trusted} SSL_CERT_FILE={trusted} PYTHONPATH={python.parent} …
Go (the archived tool):
  SSL_CERT_FILE={trusted} HTTPS_PROXY=http://127.0.0.1:{port} …
curl:
  curl --cacert {trusted} --connect-to {HOST}:443:127.0.0.1:{port} …
"""
