"""The desk's beat schedule: when its own work is due, for CELERY_BEAT_SCHEDULE. Needs no Django."""

from typing import Any

from celery.schedules import crontab

TIMETABLE: dict[str, dict[str, Any]] = {
    # The day that has ended, once more and for good; then what the search engine says.
    "desk-nightly": {"task": "seo.desk.tasks.nightly", "schedule": crontab(hour=0, minute=17)},
    # The day that goes on.
    "desk-today": {
        "task": "seo.desk.tasks.count_today",
        "schedule": 900.0,
        "options": {"expires": 890},
    },
    "desk-examples": {
        "task": "seo.desk.tasks.reap_examples",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    # Versions whose time comes: `editing.scheduled` looks two minutes ahead.
    "desk-due": {
        "task": "seo.desk.tasks.look_at_what_is_due",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "desk-links": {
        "task": "seo.desk.tasks.check_links",
        "schedule": 3600.0,
        "options": {"expires": 3500},
    },
}
