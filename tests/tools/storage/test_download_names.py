import pytest

from tools.storage import download_names


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("mug.png", "mug"),
        ("..\\..\\evil.png", "..-..-evil"),
        ("a:b*c?.jpg", "a-b-c-"),
        ("Fläsch 1.heic", "Fläsch 1"),
        ("", "photo"),
        ("...", "photo"),
    ],
)
def test_a_name_is_safe_to_unpack_anywhere(photo, name, stem):
    photo.name = name
    assert download_names.stem(photo) == stem.strip(" .")


def test_names_that_differ_in_case_only_are_numbered():
    assert list(download_names.number_doubles(["a.png", "A.png", "a-2.png"])) == [
        "a.png",
        "A-2.png",
        "a-2-2.png",
    ]
