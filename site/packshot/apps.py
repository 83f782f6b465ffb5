from django.apps import AppConfig


class PackshotConfig(AppConfig):
    name = "packshot"
