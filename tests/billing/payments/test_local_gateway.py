"""The local test till: the whole way of a purchase, without Stripe and without money."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from billing import emails, prices, tasks
from billing.credits import holds
from billing.models import AutoTopUp, LocalStripeObject, Order, StripeEvent, TopUp
from billing.payments import (
    auto_top_up,
    event_handlers,
    fulfilment,
    inbox,
    local_gateway,
    subscriptions,
)
from billing.payments.connection import is_local_checkout

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_queue(monkeypatch, settings):
    """The task runs at once, as an idle worker would."""
    settings.STRIPE_SECRET_KEY = settings.STRIPE_WEBHOOK_SECRET = ""
    monkeypatch.setattr(
        inbox, "send_on_commit", lambda task, event_id: event_handlers.handle_event(event_id)
    )


@pytest.fixture
def signed_in(client, alice):
    client.force_login(alice)
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def go_to_till(client, item="pack-500"):
    answer = client.post("/pricing/buy/", {"item": item})
    assert answer.status_code == 302
    return answer["Location"]


def test_the_till_says_plainly_that_it_takes_no_money(signed_in):
    assert is_local_checkout()
    page = signed_in.get(go_to_till(signed_in)).content.decode()
    assert "takes no money" in page
    assert "500 credits: $5" in page


def test_a_pack_is_bought(signed_in, account, now_at):
    address = go_to_till(signed_in)
    answer = signed_in.post(address, {"how": "now"})
    assert now_at(account) == (500, 0, 0)
    back = signed_in.get(answer["Location"], follow=True)
    assert back.redirect_chain[-1][0] == "/account/"
    assert ">500<" in back.content.decode()
    signed_in.post(address, {"how": "now"})
    assert now_at(account) == (500, 0, 0)


def test_nothing_is_bought_by_going_back(signed_in, account, now_at):
    answer = signed_in.post(go_to_till(signed_in), {"how": "cancel"})
    assert answer["Location"].endswith("/pricing/")
    assert now_at(account) == (0, 0, 0)


def test_a_transfer_gives_credits_when_it_arrives(signed_in, account, now_at):
    address = go_to_till(signed_in)
    signed_in.post(address, {"how": "later"})
    assert now_at(account) == (0, 0, 0)
    session = Order.objects.get().session
    portal = f"/till/{account.customers.get().pk}/portal/"
    assert "on its way" in signed_in.get(portal).content.decode()
    signed_in.post(portal, {"do": "pay", "object": session})
    assert now_at(account) == (500, 0, 0)
    assert StripeEvent.objects.filter(type__endswith="async_payment_succeeded").exists()


def test_a_plan_gives_its_months_and_ends(signed_in, account, now_at):
    signed_in.post(go_to_till(signed_in, "plan-seller"), {"how": "now"})
    assert now_at(account) == (1500, 0, 0)
    plan = subscriptions.current_subscription(account)
    portal = f"/till/{account.customers.get().pk}/portal/"
    assert (plan.item, plan.status) == ("plan-seller", "active")
    signed_in.post(portal, {"do": "cancel", "object": plan.pk})
    assert subscriptions.current_subscription(account) is None


def test_a_refund_at_the_till_takes_the_credits(signed_in, account, now_at):
    signed_in.post(go_to_till(signed_in), {"how": "now"})
    charge = LocalStripeObject.objects.get(pk__startswith="ch_").pk
    signed_in.post(
        f"/till/{account.customers.get().pk}/portal/", {"do": "refund", "object": charge}
    )
    assert now_at(account) == (0, 0, 0)


@pytest.fixture
def customer(signed_in, account):
    """Somebody who has bought before, and has 500 credits and wishes."""
    signed_in.post(go_to_till(signed_in), {"how": "now"})

    def wishes(**fields):
        return AutoTopUp.objects.update_or_create(account=account, defaults=fields)[0]

    return wishes


def test_a_top_up_is_bought_when_credits_run_low(customer, account, now_at, give):
    customer(item="pack-500", below=600, monthly_limit=2000)
    assert auto_top_up.sweep_top_ups() == 1
    assert now_at(account) == (1000, 0, 0)
    assert auto_top_up.sweep_top_ups() == 0
    assert TopUp.objects.get().state == "paid"


def test_a_top_up_waits_between_two_and_stops_at_the_months_limit(customer, account):
    customer(item="pack-500", below=5000, monthly_limit=1000)
    auto_top_up.sweep_top_ups()
    assert auto_top_up.sweep_top_ups() == 0
    later = timezone.now() + auto_top_up.COOLDOWN + timedelta(seconds=1)
    assert auto_top_up.sweep_top_ups(later) == 1
    assert auto_top_up.sweep_top_ups(later + auto_top_up.COOLDOWN) == 0
    assert TopUp.objects.count() == 2


def test_a_declined_card_stops_top_ups_until_they_are_wanted_again(
    signed_in, customer, account, now_at, mailoutbox, monkeypatch
):
    monkeypatch.setattr(emails, "send_on_commit", lambda task, *args: tasks.send_email(*args))
    wish = customer(item="pack-500", below=600, monthly_limit=2000)
    local_gateway.change_object(account.customers.get().pk, card="declines")
    auto_top_up.sweep_top_ups()
    wish.refresh_from_db()
    assert wish.stopped
    assert now_at(account) == (500, 0, 0)
    assert TopUp.objects.get().state == "failed"
    assert auto_top_up.sweep_top_ups() == 0
    assert [mail.to for mail in mailoutbox] == [["alice@example.com"]]
    assert "nothing was paid" in mailoutbox[0].body
    assert "declined" in signed_in.get("/account/").content.decode()


def test_one_top_up_at_a_time(customer, account, together, now_at):
    customer(item="pack-500", below=600, monthly_limit=100_000)
    together(lambda _: auto_top_up.sweep_top_ups(), 8)
    assert now_at(account) == (1000, 0, 0)
    assert TopUp.objects.count() == 1


def test_a_top_up_whose_process_died_is_taken_up_again(customer, account, now_at, monkeypatch):
    customer(item="pack-500", below=600, monthly_limit=2000)
    monkeypatch.setattr(auto_top_up, "attempt", lambda started: None)
    auto_top_up.sweep_top_ups()
    monkeypatch.undo()
    assert TopUp.objects.get().state == "started"
    monkeypatch.setattr(inbox, "send_on_commit", lambda task, event_id: None)
    for _ in range(2):
        auto_top_up.sweep_top_ups(timezone.now() + auto_top_up.RESUME_AFTER + timedelta(seconds=1))
    assert now_at(account) == (1000, 0, 0)


def test_a_low_balance_is_told_once_a_crossing(
    customer, account, give, mailoutbox, monkeypatch, together
):
    monkeypatch.setattr(emails, "send_on_commit", lambda task, *args: tasks.send_email(*args))
    customer(notice_below=100)
    auto_top_up.sweep_top_ups()
    assert mailoutbox == []
    for round_ in (1, 2):
        holds.hold_credits(
            account, holds.count_spendable(account), f"{round_}", lease=timedelta(minutes=5)
        )
        together(lambda _: auto_top_up.sweep_top_ups(), 4)
        auto_top_up.sweep_top_ups()
        assert len(mailoutbox) == round_
        holds.release_hold(f"{round_}", "failed")
        auto_top_up.sweep_top_ups()


def test_there_is_no_till_where_stripe_takes_the_money(signed_in, settings):
    address = go_to_till(signed_in)
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    assert signed_in.get(address).status_code == 404
    settings.STRIPE_SECRET_KEY = ""
    assert signed_in.get("/till/cs_local_0/").status_code == 404


def test_an_upgrade_is_at_once_and_a_downgrade_comes_with_the_month(
    signed_in, account, now_at, clock
):
    signed_in.post(go_to_till(signed_in, "plan-seller"), {"how": "now"})
    clock.passes(seconds=10)
    subscriptions.change_plan(
        subscriptions.current_subscription(account), prices.find_plan("plan-studio")
    )
    # What is left of the old month counts in, and its credits with it.
    assert now_at(account) == (6000, 0, 0)
    clock.passes(seconds=10)
    subscriptions.change_plan(
        subscriptions.current_subscription(account), prices.find_plan("plan-seller")
    )
    assert subscriptions.current_subscription(account).item == "plan-studio"
    local_gateway.renew_subscription(subscriptions.current_subscription(account).pk)
    assert subscriptions.current_subscription(account).item == "plan-seller"
    assert now_at(account) == (7500, 0, 0)


def test_coming_back_before_the_event_is_early_and_no_error(signed_in, monkeypatch):
    def unknown(pk):
        raise LookupError(pk)

    monkeypatch.setattr(fulfilment, "fulfil_session", unknown)
    page = signed_in.get("/account/bought/?session=cs_x", follow=True).content.decode()
    assert "as soon as the payment is" in page
    assert "data-awaits" in page


def test_nobody_opens_anothers_portal_at_the_till(signed_in, account, client):
    signed_in.post(go_to_till(signed_in), {"how": "now"})
    portal = f"/till/{account.customers.get().pk}/portal/"
    assert signed_in.get(portal).status_code == 200
    signed_in.logout()
    assert signed_in.get(portal).status_code == 404


def test_a_pack_that_is_no_longer_sold_stops_its_top_up_and_no_other(customer):
    wish = customer(item="pack-of-old", below=600, monthly_limit=2000)
    assert auto_top_up.sweep_top_ups() == 0
    wish.refresh_from_db()
    assert wish.stopped == "not-sold"


def test_a_change_says_what_it_costs_before_and_is_made_once_one_is_sure(
    signed_in, account, now_at
):
    signed_in.post(go_to_till(signed_in, "plan-seller"), {"how": "now"})
    page = signed_in.post("/account/plan/", {"plan": "plan-studio"}).content.decode()
    assert "$21 now, then $30 a month" in page
    assert now_at(account) == (1500, 0, 0)
    signed_in.post("/account/plan/", {"plan": "plan-studio", "sure": "yes"})
    assert now_at(account) == (6000, 0, 0)
    page = signed_in.post("/account/plan/", {"plan": "plan-seller"}).content.decode()
    assert "Nothing now. Studio stays until" in page
    signed_in.post("/account/plan/", {"plan": "plan-seller", "sure": "yes"})
    assert "Seller from" in signed_in.get("/account/").content.decode()
    signed_in.post("/account/plan/keep/")
    assert "Seller from" not in signed_in.get("/account/").content.decode()


def test_a_bank_that_asks_is_answered_before_the_plan_changes(signed_in, account, now_at):
    signed_in.post(go_to_till(signed_in, "plan-seller"), {"how": "now"})
    local_gateway.change_object(account.customers.get().pk, card="asks")
    signed_in.post("/account/plan/", {"plan": "plan-studio", "sure": "yes"})
    waiting = subscriptions.current_subscription(account)
    assert (waiting.item, now_at(account)) == ("plan-seller", (1500, 0, 0))
    assert waiting.pay_url in signed_in.get("/account/").content.decode()
    signed_in.post(waiting.pay_url)
    paid = subscriptions.current_subscription(account)
    assert (paid.item, paid.pay_url, now_at(account)) == ("plan-studio", "", (6000, 0, 0))


def test_credits_of_the_local_till_are_found_and_swept_once_money_is_real(
    signed_in, account, give, now_at, settings, capsys
):
    signed_in.post(go_to_till(signed_in), {"how": "now"})
    give(20)
    call_command("sweep_local_credits")
    assert "500 credits of the local test till are left" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("sweep_local_credits", "--yes")
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    call_command("sweep_local_credits", "--yes")
    assert now_at(account) == (20, 0, 0)
