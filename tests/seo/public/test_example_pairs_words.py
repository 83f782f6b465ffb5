import pytest
from django.utils.translation import override

from seo.models import Example
from seo.public import example_pairs

SIZE = {"width": 800, "height": 600}


def said(**figures):
    return list(example_pairs.said(figures))


def test_all_of_the_pixels_are_claimed_only_where_it_is_all():
    assert said(core=1, scale=1, identical=1, **SIZE) == ["No pixel repainted"]
    assert said(core=1, scale=1, identical=0.99999)[0].startswith("99.99 %")
    assert said(core=1, scale=1, identical=0.5)[0].startswith("50 %")


def test_a_product_that_was_made_smaller_is_said_to_be():
    assert said(core=1, scale=0.5, identical=0.2) == ["product resized to 50 %, not repainted"]


def test_figures_are_written_as_the_language_does():
    with override("de"):
        assert "1,5" in "".join(said(noise_sigma=[4.24, 1.5]))
    assert said(exposure=[-0.52, 0]) == [f"exposure off by {example_pairs.MINUS}0.5 → 0.0 stops"]


@pytest.mark.django_db
def test_a_page_shows_the_pairs_that_it_names_in_its_order():
    for name in ("mug", "cup"):
        Example.objects.create(name=name, tool="remove-background", width=4, height=3)
    wanted = [{"name": name, "alt": f"a {name}"} for name in ("mug", "gone", "cup")]
    found = example_pairs.find_pairs(wanted)
    assert [(pair.name, pair.alt) for pair in found] == [("mug", "a mug"), ("cup", "a cup")]
    with override("de"):
        assert found[0].before["avif"] == "/examples/mug/before.avif"
