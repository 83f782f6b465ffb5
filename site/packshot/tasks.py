from celery import shared_task

from foundation import heartbeats


@shared_task
def beat() -> None:
    heartbeats.write_heartbeat(heartbeats.TIMETABLE)


@shared_task
def answer(name: str) -> None:
    """Show whoever asks that there is a worker."""
    heartbeats.write_heartbeat(f"{heartbeats.FOLDER}/{name}")
