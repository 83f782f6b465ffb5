import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from seo.desk import marketers


class Command(BaseCommand):
    help = "Let somebody work at the marketers' desk; prints a password for the first time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="As versions are signed.")
        parser.add_argument("--admin", action="store_true", help="May do everything else, too.")

    def handle(self, *args: Any, email: str, name: str, admin: bool, **options: Any) -> None:
        password = secrets.token_urlsafe(12)
        is_new = marketers.add_marketer(email, name, password, is_admin=admin)
        told = f"password {password}" if is_new else "with the password or mail code there was"
        self.stdout.write(f"{email} signs in at /admin/, {told}.")
