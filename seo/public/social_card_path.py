"""Where a page's social card lies in storage."""


def social_card_path(key: int) -> str:
    """In the storage, by the version's key: new words are a new picture."""
    return f"cards/{key}.png"
