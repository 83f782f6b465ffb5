import os

from celery import Celery

from packshot.sqlite_queue import register

# Each worker process has a core; thread pools of their own would fight over it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "packshot.settings")

register()
app = Celery("packshot")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
