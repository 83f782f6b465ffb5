import pytest

from tools.pipeline.provenance import sources
from tools.pipeline.provenance.record import Record, Step


@pytest.mark.parametrize(
    ("steps", "photo", "wanted"),
    [
        ([], True, "algorithmicallyEnhanced"),
        (["algorithmicallyEnhanced"], True, "algorithmicallyEnhanced"),
        (["algorithmicallyEnhanced", "compositeCapture"], True, "compositeCapture"),
        (["composite", "compositeCapture"], True, "composite"),
        (
            ["composite", "compositeWithTrainedAlgorithmicMedia"],
            True,
            "compositeWithTrainedAlgorithmicMedia",
        ),
        (["trainedAlgorithmicMedia"], True, "compositeWithTrainedAlgorithmicMedia"),
        (["trainedAlgorithmicMedia", "algorithmicallyEnhanced"], False, "trainedAlgorithmicMedia"),
    ],
)
def test_the_whole_is_what_its_farthest_step_made_it(steps, photo, wanted):
    assert sources.overall(steps, photo=photo) == wanted


def test_only_generative_steps_make_a_picture_generated():
    drawn = Record("1", (Step("scene", "embedded", "1", "composite"),))
    filled = Record("2", (Step("fill", "lama", "1", "compositeWithTrainedAlgorithmicMedia"),))
    assert (drawn.generated, filled.generated) == (False, True)


def test_an_address_and_its_code_belong_together():
    assert sources.code(sources.uri("composite")) == "composite"
