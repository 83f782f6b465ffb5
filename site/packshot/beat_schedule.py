"""Timetable of the whole site: what is to be done again and again, and how often, in seconds."""

from billing.beat_schedule import TIMETABLE as BILLING
from seo.desk.beat_schedule import TIMETABLE as DESK

TIMETABLE = {
    **BILLING,
    "pulse": {"task": "packshot.tasks.beat", "schedule": 20.0, "options": {"expires": 15}},
    "strangers": {"task": "accounts.tasks.forget_strangers", "schedule": 6 * 3600.0},
    **DESK,
    "reap": {"task": "tools.tasks.reap", "schedule": 2.0, "options": {"expires": 5}},
    "expire": {"task": "tools.tasks.expire", "schedule": 300.0, "options": {"expires": 290}},
    "tell": {"task": "seo.tasks.tell", "schedule": 60.0, "options": {"expires": 50}},
    "draw": {"task": "seo.tasks.draw", "schedule": 60.0, "options": {"expires": 50}},
}
