"""Billing's beat schedule: when its own work is due, for CELERY_BEAT_SCHEDULE. Needs no Django."""

from typing import Any

from celery.schedules import crontab

TIMETABLE: dict[str, dict[str, Any]] = {
    "billing-sweep": {
        "task": "billing.tasks.sweep",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "billing-retry-events": {
        "task": "billing.tasks.retry_events",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "billing-emails": {
        "task": "billing.tasks.sweep_emails",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "billing-refill": {
        "task": "billing.tasks.refill",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "billing-reconcile": {"task": "billing.tasks.reconcile", "schedule": crontab(minute=7)},
    "billing-nightly": {"task": "billing.tasks.nightly", "schedule": crontab(hour=3, minute=11)},
    "billing-money": {"task": "billing.tasks.count_money", "schedule": crontab(hour=4, minute=23)},
}
