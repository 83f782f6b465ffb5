import pytest

pytestmark = pytest.mark.django_db


def test_a_page_names_its_one_address_whatever_was_asked_for(text, settings):
    settings.ORIGIN = "https://shop.example"
    page = text("/pricing/?from=mail")
    assert '<link rel="canonical" href="https://shop.example/pricing/"' in page
    assert "from=mail" not in page.partition("</head>")[0]


def test_a_page_that_is_there_in_every_language_names_them_all(text, settings):
    head = text("/de/pricing/").partition("</head>")[0]
    assert '<html lang="de"' in head
    for code, _ in settings.LANGUAGES:
        prefix = "" if code == "en" else f"/{code}"
        assert f'href="http://testserver{prefix}/pricing/"' in head


def test_a_page_of_one_person_names_no_other_language(text):
    assert "hreflang" not in text("/account/").partition("</head>")[0]
