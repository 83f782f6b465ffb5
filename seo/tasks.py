from celery import shared_task


@shared_task
def tell() -> None:
    """Tell search engines what has changed."""
    from seo.public import indexnow

    indexnow.submit_changes()


@shared_task
def draw() -> None:
    """Draw the pictures that stand for pages where they are shared."""
    from seo.images import social_card

    social_card.draw_missing_cards()
