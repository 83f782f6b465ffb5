"""The picture that stands for a page where it is shared: where it lies."""


def path(key: int) -> str:
    """In the storage, by the version's key: new words are a new picture."""
    return f"cards/{key}.png"
