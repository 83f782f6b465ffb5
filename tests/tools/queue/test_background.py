from tools.attempts import lifecycle
from tools.models import Attempt
from tools.queue import background


def test_one_process_of_a_machine_is_at_it(own_folders):
    with background.hold_alone("scenes") as first, background.hold_alone("scenes") as second:
        assert (first, second) == (True, False)
        with background.hold_alone("cards") as other:
            assert other
    with background.hold_alone("scenes") as again:
        assert again


def test_somebody_waits_until_their_attempt_has_ended(photo):
    assert not background.somebody_waits()
    lifecycle.start_attempt(photo, "remove-background", {})
    assert background.somebody_waits()
    Attempt.objects.update(status="running")
    assert background.somebody_waits()
    Attempt.objects.update(status="failed")
    assert not background.somebody_waits()
