from tools.attempts import lifecycle
from tools.models import Attempt
from tools.workers.gpu import claims

LOT = "matte first 1 batch"


def test_a_job_that_was_handed_on_meanwhile_is_not_taken_back(photo):
    attempt = lifecycle.start_attempt(photo, "remove-background", {})
    rows = Attempt.objects.filter(pk=attempt.pk)
    seen = claims.Waiting(Attempt, attempt.pk, LOT, 0, 0)
    # Another process has done the device's part since, and anybody may go on.
    rows.update(lot="", legs=1)
    assert claims.taken([seen]) == []
    assert rows.get().status == "queued"
    rows.update(lot=LOT)
    assert [job.pk for job in claims.taken([seen])] == [attempt.pk]
