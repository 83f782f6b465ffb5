"""The site's public address."""

from django.conf import settings
from django.http import HttpRequest


def site_origin(request: HttpRequest) -> str:
    """The public address of the site, without a slash at its end: of every link that leaves it."""
    origin: str = settings.ORIGIN or f"{request.scheme}://{request.get_host()}"
    return origin
