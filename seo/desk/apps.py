from allauth.account.signals import user_signed_up
from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    """The marketers' desk: what is behind /admin/ for keyword pages."""

    name = "seo.desk"
    label = "desk"
    verbose_name = "How pages do"

    def ready(self) -> None:
        from seo.desk import (  # noqa: PLC0415  there are no models before the apps are loaded
            attribution,
            people,
        )

        user_signed_up.connect(attribution.signed_up, dispatch_uid="seo.desk.attribution")
        post_migrate.connect(people.ensure_marketers, sender=self, dispatch_uid="seo.desk.people")
