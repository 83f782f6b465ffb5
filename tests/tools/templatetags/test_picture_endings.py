from django.template import Context, Template

from tools.pipeline.intake import sniff


def test_a_dialog_offers_every_ending_that_is_read_and_no_other():
    said = Template("{% load picture_endings %}{% accepted_pictures %}").render(Context())
    offered = said.split(",")
    assert offered[0] == "image/*"
    assert {".heic", ".jpg"} <= set(offered)
    for ending, form in sniff.EXTENSIONS.items():
        assert (ending in offered) is (form in sniff.FORMATS)
