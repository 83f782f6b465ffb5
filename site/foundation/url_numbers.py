"""Numbers in addresses: no larger than a database can hold."""

from django.urls import register_converter


class Number:
    """A whole number of at most nine digits; what is longer is no page of ours."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def register_number() -> None:
    """Have `<number:name>` in the patterns of all apps."""
    register_converter(Number, "number")
