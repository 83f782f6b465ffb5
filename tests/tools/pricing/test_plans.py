from tools.definition import registry
from tools.models import Photo
from tools.pipeline import ops
from tools.pricing import plans

PHOTO = Photo(digest="digest", width=4000, height=3000)


def plan(slug, **settings):
    tool = registry.get_tool(slug)
    return plans.plan_tool(tool, tool.validated(settings), PHOTO)


def test_a_plan_has_the_result_at_the_pages_size_and_at_the_photos():
    made = plan("remove-background")
    assert ops.read_size(made.whole) == made.size == (4000, 3000)
    width, height = ops.read_size(made.at)
    assert width * height <= ops.PROXY_PIXELS
    assert made.at == made.small
    assert made.result != made.full
    assert made.proof is not None


def test_what_more_pixels_bring_is_computed_at_the_photos_own_size():
    made = plan("enhance-photo", size="2")
    assert made.at == made.whole
    assert made.small != made.whole
    assert made.size == (8000, 6000)


def test_a_plan_knows_which_engines_it_needs():
    assert {*plan("remove-background").choose_engines({})} == {"matte"}
