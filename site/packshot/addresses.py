from django.conf import settings
from django.http import HttpRequest


def canonical(request: HttpRequest) -> dict[str, str]:
    """A context processor: the one absolute address of a page, without its query."""
    origin = settings.ORIGIN or f"{request.scheme}://{request.get_host()}"
    return {"canonical": origin + request.path, "origin": origin}
