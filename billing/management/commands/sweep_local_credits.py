from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing.credits import local_credits
from billing.payments.connection import is_local_checkout


class Command(BaseCommand):
    help = "Take away what is left of credits that the local test till gave for no money."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do it; without it, only count")

    def handle(self, *_: Any, yes: bool, **__: Any) -> None:
        if not yes:
            many = local_credits.count_local_credits()
            self.stdout.write(f"{many} credits of the local test till are left. --yes takes them.")
            return
        if is_local_checkout():
            raise CommandError(
                "Credits are sold at the local till now: set STRIPE_SECRET_KEY first."
            )
        self.stdout.write(f"{local_credits.sweep_local_credits()} credits were taken away.")
