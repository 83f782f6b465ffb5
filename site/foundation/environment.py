"""Environment variables, read once and said clearly when they are wrong."""

import os
import secrets
import socket
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """Where everything lives that must outlast a restart."""
    folder = Path(os.environ.get("PACKSHOT_DATA") or ROOT / "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder {folder} cannot be made: {error}") from error
    # People's photos, letters and keys: nobody else on this machine reads them.
    with suppress(PermissionError):
        folder.chmod(0o700)
        for path in folder.glob("*.sqlite3*"):
            path.chmod(0o600)
    return folder


def list_hosts(origin: str) -> list[str]:
    """The hosts that the site answers as: those that are named, or its public one; without either
    this machine's own, by whatever it listens on.
    """
    if given := os.environ.get("PACKSHOT_HOSTS"):
        return given.split(",")
    listens = os.environ.get("HOST", "")
    hosts = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
    if public := urlsplit(origin).hostname:
        hosts.append(public)
    if listens in {"0.0.0.0", "::"}:  # noqa: S104  listened on only if asked for
        hosts += own_names()
    elif listens and listens not in hosts:
        hosts.append(f"[{listens}]" if ":" in listens else listens)
    return hosts


def own_names() -> list[str]:
    """What others in the same network call this machine."""
    name = socket.gethostname()
    names = [name, f"{name}.local"]
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with suppress(OSError), closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
            probe.connect((elsewhere, 9))  # sends nothing: it only chooses the way
            own = probe.getsockname()[0]
            names.append(f"[{own}]" if ":" in own else own)
    return names


def secret_key(folder: Path) -> str:
    """The key from the environment, or one made on first start and kept in the data folder."""
    if given := os.environ.get("PACKSHOT_SECRET_KEY"):
        return given
    path = folder / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder {folder} is not writable: {error}") from error
    return path.read_text(encoding="ascii")


def parse_storage_url(url: str, folder: Path) -> dict[str, object]:
    """Django's storage for pictures: `file:///folder` or `s3://bucket/prefix?endpoint=…`."""
    if not url:
        return local(folder / "pictures")
    parts = urlsplit(url)
    if parts.scheme == "file":
        return local(Path(parts.path))
    if parts.scheme == "s3":
        query = dict(parse_qsl(parts.query))
        options = {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "endpoint_url": query.get("endpoint"),
            "region_name": query.get("region"),
            "default_acl": None,
            "file_overwrite": True,
        }
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    raise ImproperlyConfigured(f"PACKSHOT_STORAGE_URL must begin with file:// or s3://, not {url}")


def local(folder: Path) -> dict[str, object]:
    options = {"location": folder, "file_permissions_mode": 0o600, "allow_overwrite": True}
    return {"BACKEND": "foundation.picture_storage.Pictures", "OPTIONS": options}


def parse_mail_url(url: str) -> dict[str, Any]:
    """`smtp://user:password@host:587` (`smtps` for TLS from the start), or a folder as
    `file:///folder`, in which each letter is a file; empty: the console.
    """
    parts = urlsplit(url)
    backends = {"": "console", "file": "filebased", "smtp": "smtp", "smtps": "smtp"}
    if parts.scheme not in backends:
        raise ImproperlyConfigured(
            f"PACKSHOT_MAIL_URL must begin with smtp:// or file://, not {url}"
        )
    return {
        "backend": f"django.core.mail.backends.{backends[parts.scheme]}.EmailBackend",
        "folder": parts.path if parts.scheme == "file" else None,
        "host": parts.hostname or "",
        "port": parts.port or 587,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": parts.scheme == "smtp",
    }


def read_flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def read_number(name: str, default: int) -> int:
    given = os.environ.get(name, "")
    if not given:
        return default
    try:
        return int(given)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {given!r}") from None
