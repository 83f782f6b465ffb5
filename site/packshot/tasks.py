from celery import shared_task

from packshot import pulse


@shared_task
def beat() -> None:
    pulse.write(pulse.TIMETABLE)


@shared_task
def answer(name: str) -> None:
    """Show whoever asks that there is a worker."""
    pulse.write(f"{pulse.FOLDER}/{name}")
