"""Marketplace rules for a product's main picture, and where they (or others) say so.

A number that nobody publishes is None: it is neither checked nor shown. `official` is whether the
source is the marketplace's own page; the others are summaries by third parties, of which the
pre-flight therefore only warns. Every fact was read on the day its source names.
"""

from dataclasses import asdict, dataclass
from typing import Any

MEGABYTE = 1_000_000
JPEG, PNG, GIF, WEBP, TIFF, BMP, HEIC = "jpeg", "png", "gif", "webp", "tiff", "bmp", "heic"


@dataclass(frozen=True, slots=True)
class Source:
    url: str
    checked: str
    official: bool


@dataclass(frozen=True, slots=True)
class Marketplace:
    """Sizes are (width, height) in pixels, shares are of the picture's side.

    `smallest_side` and `largest_side` bound the longer side; `smallest` both sides. `fill` is how
    much of the frame the product takes (of the side it fills more), as (least, most). `white`
    is True where the background must be pure white, False where it may be anything, None where
    it is a recommendation. `margin` is what is left free around the product when we lay it out.
    """

    slug: str
    name: str
    recommended: tuple[int, int]
    sources: tuple[Source, ...]
    smallest: tuple[int, int] | None = None
    smallest_side: int | None = None
    largest_side: int | None = None
    largest_pixels: int | None = None
    fill: tuple[float | None, float | None] = (None, None)
    margin: float | None = None
    white: bool | None = None
    aspect: tuple[int, int] | None = None
    types: tuple[str, ...] = (JPEG, PNG)
    most_bytes: int | None = None
    least_bytes: int | None = None
    text_allowed: bool | None = None

    @property
    def official(self) -> bool:
        return any(source.official for source in self.sources)

    def facts(self) -> dict[str, Any]:
        """All of it as JSON values, the form in which the pipeline takes it."""
        return {**asdict(self), "official": self.official}


def read_on_22_november(url: str, *, official: bool) -> Source:
    """A source as it stood that day; one that is read later says its own day: `Source(…)`."""
    return Source(url, "2026-11-22", official)


INSTAGRAM = (
    read_on_22_november(
        "https://www.ayrshare.com/docs/media-guidelines/instagram.md", official=False
    ),
    read_on_22_november(
        "https://docs.getlate.dev/resources/media-guidelines/instagram", official=False
    ),
)

MARKETPLACES = (
    Marketplace(
        "amazon",
        "Amazon main image",
        (2000, 2000),
        (
            read_on_22_november(
                "https://sellercentral.amazon.com/gp/help/external/G9FUUH87RBNXGKB7", official=True
            ),
            read_on_22_november(
                "https://sellercentral.amazon.es/gp/help/external/help.html?itemID=75PWC4THA8J269P",
                official=True,
            ),
            read_on_22_november(
                "https://changethisfile.com/blog/convert-images-for-amazon-seller-central",
                official=False,
            ),
        ),
        # 500 is accepted, but only from 1,000 does the shop page zoom: its help asks for that.
        smallest_side=1000,
        largest_side=10_000,
        fill=(0.85, None),
        margin=0.05,
        white=True,
        types=(JPEG, TIFF, PNG, GIF),
        text_allowed=False,
    ),
    Marketplace(
        "ebay",
        "eBay",
        (1600, 1600),
        (
            read_on_22_november(
                "https://www.ebay.com/help/policies/listing-policies/picture-policy?id=4370",
                official=True,
            ),
            read_on_22_november(
                "https://entwickler.ebay.de/api-docs/user-guides/static/trading-user-guide/picture-hosting.html",
                official=True,
            ),
            read_on_22_november(
                "https://plomz.com/guide/ebay-image-requirements-for-sellers-2026", official=False
            ),
        ),
        smallest_side=500,
        types=(JPEG, PNG, GIF, TIFF, BMP, WEBP, HEIC),
        most_bytes=12 * MEGABYTE,
        text_allowed=False,
    ),
    Marketplace(
        "etsy",
        "Etsy",
        (2000, 2000),
        (
            read_on_22_november(
                "https://dev.to/herofab/check-product-photos-against-amazon-etsy-and-96-other-marketplace-image-rules-with-a-free-api-no-5982",
                official=False,
            ),
            read_on_22_november(
                "https://hauld.app/blog/etsy-listing-photo-checklist", official=False
            ),
        ),
        smallest_side=635,
        white=False,
        types=(JPEG, PNG, GIF),
        most_bytes=10 * MEGABYTE,
    ),
    Marketplace(
        "shopify",
        "Shopify",
        (2048, 2048),
        (
            read_on_22_november(
                "https://sellshot.ai/en/blog/shopify-product-image-size-guide", official=False
            ),
            read_on_22_november(
                "https://www.dresma.com/blog/shopify-product-image-requirements-that-you-should-know",
                official=False,
            ),
        ),
        # Below 800 a shop's theme does not zoom; nothing smaller is refused.
        smallest_side=800,
        largest_side=5000,
        largest_pixels=25_000_000,
        white=False,
        types=(JPEG, PNG, GIF, WEBP, HEIC, TIFF, BMP),
        most_bytes=20 * MEGABYTE,
        text_allowed=True,
    ),
    Marketplace(
        "google-merchant",
        "Google Merchant Center",
        (1500, 1500),
        (
            read_on_22_november(
                "https://support.google.com/merchants/answer/6324350?hl=en&ref_topic=6324338",
                official=True,
            ),
            read_on_22_november(
                "https://emberfeed.com/specs/google-merchant-image-requirements-2026",
                official=False,
            ),
            read_on_22_november("https://sharpfeed.io/docs/fields/image-link", official=False),
        ),
        # 100 (250 for clothes) until then; enforced from 31 January 2027.
        smallest=(500, 500),
        largest_pixels=64_000_000,
        fill=(0.75, 0.90),
        types=(JPEG, WEBP, PNG, GIF, BMP, TIFF),
        most_bytes=16 * MEGABYTE,
        text_allowed=False,
    ),
    Marketplace(
        "taobao",
        "Taobao and Tmall white-background image",
        (800, 800),
        (read_on_22_november("http://djres.cn/article/20171109191734.htm", official=False),),
        smallest=(800, 800),
        largest_side=800,
        white=True,
        aspect=(1, 1),
        types=(JPEG,),
        most_bytes=300_000,
        least_bytes=38_000,
        text_allowed=False,
    ),
    Marketplace(
        "tiktok-shop",
        "TikTok Shop",
        (1200, 1200),
        (
            read_on_22_november(
                "https://knowledgebase.skuiq.com/knowledge/tts-images", official=False
            ),
            read_on_22_november(
                "https://imagespeccheck.com/tools/tiktok-shop-image", official=False
            ),
            read_on_22_november("https://tkfff.com/108850.html", official=False),
        ),
        smallest=(600, 600),
        largest_side=6000,
        # South-east Asian shops publish 60 %; the others name no share.
        fill=(0.60, None),
        white=True,
        aspect=(1, 1),
        types=(JPEG, PNG),
        most_bytes=5 * MEGABYTE,
        text_allowed=False,
    ),
    Marketplace(
        "shopee",
        "Shopee",
        (1024, 1024),
        (
            read_on_22_november(
                "https://app.unpkg.com/shopee-client@1.2.2/files/lib/modules/image/request/uploadRequest.d.ts",
                official=False,
            ),
        ),
        types=(JPEG, PNG),
        most_bytes=2 * MEGABYTE,
    ),
    Marketplace(
        "temu",
        "Temu",
        (1600, 1600),
        (read_on_22_november("https://caishen.com/baike/5457.html", official=False),),
        smallest=(800, 800),
        # About 100 of 1600 pixels on every side, the product's longer side filling the rest.
        margin=0.0625,
        white=False,
        aspect=(1, 1),
        types=(JPEG, PNG),
        most_bytes=2 * MEGABYTE,
        text_allowed=False,
    ),
    Marketplace(
        "temu-clothing",
        "Temu clothing",
        (1340, 1785),
        (read_on_22_november("https://www.chwang.com/article/182326793106", official=False),),
        fill=(0.60, None),
        white=False,
        aspect=(1340, 1785),
        types=(JPEG, PNG),
        most_bytes=2 * MEGABYTE,
        text_allowed=False,
    ),
    Marketplace(
        "instagram-feed",
        "Instagram feed, 4:5",
        (1080, 1350),
        INSTAGRAM,
        smallest_side=320,
        white=False,
        aspect=(4, 5),
        most_bytes=8 * MEGABYTE,
        text_allowed=True,
    ),
    Marketplace(
        "instagram-square",
        "Instagram square",
        (1080, 1080),
        INSTAGRAM,
        smallest_side=320,
        white=False,
        aspect=(1, 1),
        most_bytes=8 * MEGABYTE,
        text_allowed=True,
    ),
    Marketplace(
        "instagram-story",
        "Instagram story",
        (1080, 1920),
        INSTAGRAM,
        white=False,
        aspect=(9, 16),
        most_bytes=8 * MEGABYTE,
        text_allowed=True,
    ),
)

BY_SLUG = {marketplace.slug: marketplace for marketplace in MARKETPLACES}
