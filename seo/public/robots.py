"""robots.txt, llms.txt and the web manifest: short files that machines look for at a site's root."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control

from foundation.origin import site_origin

# Nothing to find there: answers to scripts, and what belongs to one visitor.
PRIVATE = ("photos", "attempts", "exports", "archives", "work", "mine", "events", "s", "admin")
# They read to train models, and send no one here.
TRAINING = (
    "GPTBot",
    "ClaudeBot",
    "Google-Extended",
    "Applebot-Extended",
    "CCBot",
    "Bytespider",
    "meta-externalagent",
    "Amazonbot",
)


@cache_control(public=True, max_age=3600)
def show_robots_txt(request: HttpRequest) -> HttpResponse:
    """Who searches may read it all; who trains models only where the operator says so."""
    private = [f"Disallow: /{folder}/" for folder in PRIVATE]
    lines = ["User-agent: *", *private, ""]
    if not settings.TRAINING_BOTS:
        lines += [*(f"User-agent: {name}" for name in TRAINING), "Disallow: /*", ""]
    lines.append(f"Sitemap: {site_origin(request)}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=3600)
def show_llms_txt(request: HttpRequest) -> HttpResponse:
    origin = site_origin(request)
    hours = settings.PHOTO_HOURS
    lines = [
        "# Packshot",
        "> Photo tools for people who sell things: cut out, enhance, place, erase, expand.",
        f"- [All tools]({origin}/tools/): what each does, with examples and measured figures.",
        "- No account is needed; the button says the price, the seconds and the pixels first.",
        "- A failed, cancelled or refused attempt costs nothing.",
        "- Where the product must stay as it is, its pixels are compared with the photo's own.",
        f"- Photos and results are deleted after {hours} hours, or at once on request.",
        "- Downloads carry Content Credentials that say what was done to them.",
        f"- [Prices]({origin}/pricing/) and [checking a picture]({origin}/verify/).",
        f"- [By API]({origin}/api/): the same tools, with a key and a cap on what it may spend.",
        "- Clear glass, fine hair and white on white are hard; a doubtful result says so.",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=86400)
def show_manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  Django fixes the signature
    icons = [
        {"src": static(f"packshot/icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
        for side in (192, 512)
    ]
    said = {
        "name": "Packshot",
        "short_name": "Packshot",
        "start_url": "/",
        "display": "browser",
        "background_color": "#f6f4ef",
        "theme_color": "#f6f4ef",
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json")
