from allauth.account.forms import RequestLoginCodeForm
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ArrivalForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """One door for those who have been here and for those who have not: a code to their address.

    Who is new gets a user that counts for nothing until the code is typed in; the answer is the
    same for both, so nobody learns who has an account.
    """

    _user: User | None

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        field = self.fields["email"]
        field.label = _("E-mail address")
        field.widget.attrs.update({"autocomplete": "email", "placeholder": ""})

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if self._user is None:
            self._user = newcomer(email)
        return email


def newcomer(email: str) -> User | None:
    """A user for an address that nobody has; None when somebody has it who may not come in."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(email.lower())
            EmailAddress.objects.create(user=user, email=user.email, primary=True)
    except IntegrityError:
        return None
    return user
