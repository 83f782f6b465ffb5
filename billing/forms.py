from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing import prices
from billing.accounts import api_keys
from billing.credits import holds
from billing.models import Member

# No account has more credits; a number above it is a slip of the finger.
MOST = 10**9

# Of credits or dollars: what no account has, and every database can hold in cents.
MOST = 10**7


class Form(forms.Form):
    """Its labels stand over the fields, without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class BuyForm(Form):
    item = forms.ChoiceField(
        choices=[(item.slug, item.name) for item in (*prices.PACKS, *prices.PLANS)]
    )
    # The page to come back to; the account's when it is none of ours.
    next = forms.CharField(required=False, max_length=500)


class PlanForm(Form):
    plan = forms.ChoiceField(choices=[(item.slug, item.name) for item in prices.PLANS])


class GiveBackForm(Form):
    attempt = forms.CharField(max_length=64)
    reason = forms.ChoiceField(choices=list(holds.GIVE_BACK_REASONS.items()))


class CapForm(Form):
    monthly_cap = forms.IntegerField(
        label=_("Monthly limit (credits)"), min_value=0, max_value=MOST, required=False
    )


class KeyForm(Form):
    name = forms.CharField(label=_("What the key is for"), max_length=60)
    monthly_cap = forms.IntegerField(
        label=_("Monthly limit (credits)"), min_value=0, max_value=MOST, required=False
    )
    rate_limit = forms.IntegerField(
        label=_("Megapixels a minute, at most"), min_value=1, max_value=100_000, required=False
    )
    days = forms.IntegerField(
        label=_("Works for how many days (empty: until you revoke it)"),
        min_value=1,
        max_value=3650,
        required=False,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do (none ticked: everything)"),
        choices=list(api_keys.SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sandbox = forms.BooleanField(
        label=_("For trying out: costs nothing, and its pictures are marked"), required=False
    )

    def wanted(self) -> dict[str, Any]:
        """What to issue the key with, once the form is valid."""
        data = dict(self.cleaned_data)
        days = data.pop("days")
        return {**data, "expires": timezone.now() + timedelta(days=days) if days else None}


class RefillForm(Form):
    notice_below = forms.IntegerField(
        label=_("Alert me below"), min_value=0, max_value=MOST, required=False
    )
    item = forms.ChoiceField(
        label=_("Buy automatically"),
        required=False,
        choices=[("", _("Nothing")), *((item.slug, item.name) for item in prices.PACKS)],
    )
    below = forms.IntegerField(
        label=_("When credits drop below"), min_value=0, max_value=MOST, required=False
    )
    monthly_limit = forms.IntegerField(
        label=_("Monthly limit ($)"), min_value=0, max_value=MOST, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("notice_below", "below", "monthly_limit"):
            data[name] = data.get(name) or 0
        data["monthly_limit"] = prices.Money.of(data["monthly_limit"]).amount
        if item := data.get("item"):
            cost = prices.pack(item).cost
            if data["monthly_limit"] < cost.amount:
                self.add_error(
                    "monthly_limit",
                    _("One purchase costs %(cost)s: set at least that.") % {"cost": cost},
                )
            if data["below"] == 0:
                self.add_error("below", _("Enter a number of credits."))
        return data


class TeamForm(Form):
    name = forms.CharField(label=_("The team's name"), max_length=60)


class MemberForm(Form):
    role = forms.ChoiceField(choices=Member.Role.choices)
    monthly_cap = forms.IntegerField(
        label=_("Monthly limit (credits)"), min_value=0, max_value=MOST, required=False
    )


class InviteForm(Form):
    email = forms.EmailField(label=_("E-mail address"))


class GrantForm(Form):
    """For us: credits added or taken by hand, never without a reason."""

    amount = forms.IntegerField(
        min_value=-MOST, max_value=MOST, help_text=_("Below zero takes credits away.")
    )
    reason = forms.CharField(max_length=100)

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError(_("Nothing would happen."))
        return amount
