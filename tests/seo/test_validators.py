import pytest
from django.core.exceptions import ValidationError

from seo import validators

FACT = {"text": "So it is", "source": "https://example.com", "date": "2026-11-22"}


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (validators.texts, ["one", "two"]),
        (validators.sections, [{"title": "a", "text": "b"}]),
        (validators.questions, []),
        (validators.facts, [FACT]),
        (validators.presets, [{"settings": {"scene": "oak"}}]),
        (validators.file, {"market": "amazon", "format": "jpeg"}),
    ],
)
def test_what_is_written_as_it_should_be_passes(check, value):
    check(value)


@pytest.mark.parametrize(
    ("check", "value", "words"),
    [
        (validators.texts, ["one", " "], "without empty ones"),
        (validators.texts, "one", "without empty ones"),
        (
            validators.sections,
            [{"title": "a", "text": "b"}, {"title": "c"}],
            "Number 2 has no text",
        ),
        (validators.sections, ["a"], "a list of {title, text}"),
        (validators.examples, [{"name": "mug"}], "Number 1 has no alt"),
        (validators.facts, [{**FACT, "source": "javascript:1"}], "source is an address"),
        (validators.facts, [{**FACT, "date": "22.11.2026"}], "is not a date"),
        (validators.presets, [{"name": "a"}], "Write it as {"),
        (validators.file, {"colour": "red"}, "A file has no colour"),
        (validators.file, {"side": "2000"}, "a number of pixels"),
    ],
)
def test_what_is_wrong_is_said(check, value, words):
    with pytest.raises(ValidationError, match=words):
        check(value)
