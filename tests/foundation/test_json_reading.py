import pytest

from foundation.json_reading import parse_json

DEEP = 200_000


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", "[-Infinity]", "[" * DEEP, '{"a":' * DEEP, "9" * 5000]
)
def test_what_is_no_json_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        parse_json(text)


def test_json_is_read():
    assert parse_json(b'[1, {"a": null}]') == [1, {"a": None}]
