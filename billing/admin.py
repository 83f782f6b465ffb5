"""The ledger's admin: read-only, but for a grant or an adjustment with a name and a reason."""

import uuid

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from unfold.admin import ModelAdmin

from billing.credits import adjustments
from billing.forms import GrantForm
from billing.models import (
    MOVES,
    Account,
    AuditRun,
    Bucket,
    Customer,
    Entry,
    FraudWarning,
    Hold,
    MoneyDay,
    Order,
    Pool,
    Purchase,
    Reversal,
    StripeEvent,
    Subscription,
    TopUp,
)
from billing.payments import event_handlers


class ReadOnly(ModelAdmin):
    """Rows are looked at here and changed nowhere."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  Django's signature
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  Django's signature
        return False


@admin.register(Account)
class AccountAdmin(ReadOnly):
    list_display = ("__str__", "kind", "available", "held", "debt", "created")
    list_filter = ("kind",)
    search_fields = ("id", "user__email", "team__name")
    list_select_related = ("user", "team")
    fields = (
        "kind", ("available", "held", "debt"), "monthly_cap", ("user", "team"), "created",
        ("merged_into", "merged"),
    )  # fmt: skip
    change_form_template = "admin/billing/account/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        adjust = self.admin_site.admin_view(self.adjust)
        own = path("<number:pk>/adjust/", adjust, name="billing_account_adjust")
        return [own, *super().get_urls()]

    def adjust(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = get_object_or_404(Account, pk=pk)
        if not request.user.has_perm("billing.add_entry"):
            return HttpResponse("You may look, not change.", status=403)
        form = GrantForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            moved = adjustments.adjust_balance(
                account,
                form.cleaned_data["amount"],
                # The page's own number: the same form sent twice counts once.
                ref=request.POST.get("ref", ""),
                reason=form.cleaned_data["reason"],
                actor=str(request.user),
            )
            say_moved(request, form.cleaned_data["amount"], moved)
            return redirect(reverse("admin:billing_account_change", args=[pk]))
        around = self.admin_site.each_context(request)
        context = {
            **around,
            "title": f"Grant or adjust: {account}",
            "account": account,
            "form": form,
        }
        context["ref"] = request.POST.get("ref") or uuid.uuid4().hex
        return render(request, "admin/billing/account/adjust.html", context)


def say_moved(request: HttpRequest, wanted: int, moved: int) -> None:
    if moved == wanted:
        messages.success(request, f"{moved:+} credits.")
    elif moved:
        words = f"{moved:+} credits, and not {wanted:+}: there were no more."
        messages.warning(request, words)
    else:
        messages.warning(
            request, "Nothing was moved: it was done before, or there is nothing left."
        )


@admin.register(Bucket)
class BucketAdmin(ReadOnly):
    list_display = ("source_ref", "account", "granted", "available", "held", "consumed")
    list_filter = ("source",)
    search_fields = ("source_ref", "account__id")


@admin.register(Hold)
class HoldAdmin(ReadOnly):
    list_display = ("attempt", "account", "state", "amount", "captured", "returned", "created")
    # Why results went back, by which the engines are judged.
    list_filter = ("state", "late", "reason")
    search_fields = ("attempt", "account__id")


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    list_display = ("id", "account", "amount", "what", "reason", "actor", "at")
    list_filter = ("src", "dst")
    search_fields = ("=account__id", "account__user__email", "hold__attempt", "actor")
    list_select_related = ("account__user", "account__team")

    @admin.display(description="what became of them")
    def what(self, entry: Entry) -> str:
        return str(MOVES[Pool(entry.src), Pool(entry.dst)])


@admin.register(Purchase)
class PurchaseAdmin(ReadOnly):
    list_display = ("ref", "account", "item", "credits", "paid", "currency", "taken", "created")
    list_filter = ("item", "currency")
    search_fields = ("ref", "payment_intent")


@admin.register(StripeEvent)
class StripeEventAdmin(ReadOnly):
    list_display = ("id", "type", "object_id", "state", "tries", "error", "received")
    list_filter = ("state", "type")
    search_fields = ("id", "object_id")
    actions = ("take_up",)

    @admin.action(description="Take up again")
    def take_up(self, request: HttpRequest, chosen: QuerySet[StripeEvent]) -> None:
        if not request.user.has_perm("billing.add_entry"):
            messages.error(request, "You may look, not change.")
            return
        many = event_handlers.take_up([str(pk) for pk in chosen.values_list("pk", flat=True)])
        messages.success(request, f"{many} events are tried again within the minute.")


admin.site.register(
    [AuditRun, Customer, FraudWarning, MoneyDay, Order, Reversal, Subscription, TopUp], ReadOnly
)
