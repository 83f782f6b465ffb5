"""Whoever delivers and whoever deletes lock in the same order: the attempt, then what it holds."""

import threading
import time

import pytest
from django.db import connection, connections

from billing.models import Hold
from tools.models import Attempt, Photo
from tools.photos import retention
from tools.pricing import charges
from tools.queue import leases
from tools.rendering import progress

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 3000
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return cursor.fetchone()[0] > 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_a_photo_deleted_while_its_attempt_is_delivered_locks_nobody_out(
    browser, photo, monkeypatch
):
    browser.post("/attempts/", {"tool": "remove-background", "photo": str(photo.pk)})
    attempt = leases.claim_job(Attempt.objects.all())
    begun, failed, capture = threading.Event(), [], charges.capture_credits

    def capture_when_the_other_waits(job, amount):
        # The attempt's row is locked by now; the other one is let go as far as it comes.
        begun.set()
        for _ in range(PATIENCE):
            if failed or somebody_waits():
                break
            time.sleep(0.01)
        capture(job, amount)

    monkeypatch.setattr(charges, "capture_credits", capture_when_the_other_waits)

    def delete():
        try:
            begun.wait(30)
            retention.delete_photo_and_files(Photo.objects.get(pk=photo.pk))
        except Exception as error:  # noqa: BLE001  whichever of the two is chosen to fail
            failed.append(error)
        finally:
            connections.close_all()

    deleting = threading.Thread(target=delete)
    deleting.start()
    progress.deliver(attempt)
    deleting.join()
    assert failed == []
    assert not Photo.objects.exists()
    assert Hold.objects.get().state == "captured"
