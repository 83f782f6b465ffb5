from allauth.account.signals import user_signed_up
from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    """The marketers' desk: what is behind /admin/ for keyword pages."""

    name = "seo.desk"
    label = "desk"
    verbose_name = "How pages do"

    def ready(self) -> None:
        # There are no models before the apps are loaded.
        from seo.desk import marketers  # noqa: PLC0415  as above
        from seo.desk.metrics import attribution  # noqa: PLC0415  as above

        user_signed_up.connect(attribution.signed_up, dispatch_uid="seo.desk.metrics.attribution")
        post_migrate.connect(
            marketers.ensure_marketers, sender=self, dispatch_uid="seo.desk.marketers"
        )
