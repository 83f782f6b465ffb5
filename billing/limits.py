from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The bounds of what is free. Settings' BILLING_LIMITS replaces any of them by name."""

    # "Bad result? Credits back."
    give_back_hours: int = 24
    give_backs_a_day: int = 20
    # Of the results charged in the last 30 days, in percent; the first few are never counted.
    give_back_share: int = 30
    give_backs_unquestioned: int = 5
    # Free credits a day: for a visitor and their address, and for all who share its network.
    free_a_visitor: int = 10
    free_a_network: int = 300
    free_for_everybody: int = 20_000
    # Previews for programs, an account's own, each month.
    free_previews_a_month: int = 50
    # Days of a first plan before it is paid for, and the credits that they come with; 0: none.
    trial_days: int = 0
    trial_credits: int = 0
    # Teams that one person owns, people in one, and people that one asks in a day.
    teams_a_user: int = 5
    members_a_team: int = 100
    invitations_a_day: int = 20


def read_limits() -> Limits:
    return Limits(**getattr(settings, "BILLING_LIMITS", {}))
