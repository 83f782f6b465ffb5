import os

from celery import Celery

from packshot.sqlite_queue import register

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "packshot.settings")

register()
app = Celery("packshot")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
