from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from billing.accounts import api_keys, payers
from billing.credits import grants
from billing.models import Account, ApiKey, Source, Team

# Whose keys are that were made for no user: the server's own, paid with what it was given.
SERVER = "This server"


class Command(BaseCommand):
    help = "Make, list or revoke API keys. `create` prints the new key as its last line, once."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        create = what.add_parser("create", help="a new key")
        create.add_argument("--account", metavar="EMAIL", help="who pays; else the server's own")
        create.add_argument("--name", default="From the command line", help="what it is for")
        create.add_argument("--sandbox", action="store_true", help="costs nothing, marks pictures")
        create.add_argument("--scope", action="append", default=[], choices=sorted(api_keys.SCOPES))
        create.add_argument("--days", type=int, help="for how long it works; else until revoked")
        create.add_argument("--monthly-cap", type=int, help="credits a month, at most")
        create.add_argument("--rate-limit", type=int, help="megapixels a minute, at most")
        create.add_argument("--credits", type=int, default=0, help="add so many to the account")
        what.add_parser("list", help="the keys that work")
        revoke = what.add_parser("revoke", help="end a key")
        revoke.add_argument("prefix", help="how it begins, as `list` and the account page show it")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["what"]:
            case "create":
                self.create(options)
            case "list":
                self.list_live()
            case _:
                self.revoke(options["prefix"])

    def create(self, options: dict[str, Any]) -> None:
        account = find_account(options["account"])
        expires = timezone.now() + timedelta(days=options["days"]) if options["days"] else None
        key, secret = api_keys.issue_key(
            account,
            options["name"],
            options["monthly_cap"],
            sandbox=options["sandbox"],
            scopes=options["scope"],
            rate_limit=options["rate_limit"],
            expires=expires,
        )
        if options["credits"] > 0:
            reason = "with a key, from the command line"
            grants.grant_credits(
                account, options["credits"], Source.ADJUST, f"key:{key.pk}", reason=reason
            )
        account.refresh_from_db()
        self.stdout.write(f"{account}: {account.available} credits. Shown this once:")
        self.stdout.write(secret)

    def list_live(self) -> None:
        for key in ApiKey.objects.filter(api_keys.live(timezone.now())).order_by("pk"):
            used = f"{key.used:%Y-%m-%d}" if key.used else "never used"
            scopes = ",".join(key.scopes) or "everything"
            self.stdout.write(f"{key.prefix}…  {key.account}  {scopes}  {used}  {key.name}")

    def revoke(self, prefix: str) -> None:
        found = list(
            ApiKey.objects.filter(prefix=prefix.rstrip("…")[: api_keys.SHOWN], revoked=None)
        )
        if len(found) != 1:
            raise CommandError(f"{len(found)} keys begin with {prefix}.")
        api_keys.revoke_key(found[0].account, found[0].pk)
        self.stdout.write(f"{prefix} no longer works.")


def find_account(email: str | None) -> Account:
    """The account that a key is for."""
    if email is None:
        # One without members: a team that somebody gave the same name is another.
        team = Team.objects.filter(name=SERVER, members=None).first()
        team = team or Team.objects.create(name=SERVER)
        account, _ = Account.objects.get_or_create(team=team, defaults={"kind": "team"})
        return account
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(f"Nobody has signed in as {email} yet.")
    return payers.account_of_user(user)
