"""Case 8 of the twelve: credits follow the money back, whatever the order we hear of it in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing.credits import grants, holds
from billing.models import AutoTopUp, Bucket, FraudWarning, Purchase, Reversal, StripeEvent
from billing.payments import event_handlers, fulfilment, refunds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bought(shop):
    """500 credits for $5.00."""
    session = shop.session()
    shop.tell("checkout.session.completed", session)
    return session


def spend(account, amount):
    holds.hold_credits(account, amount, "one", lease=timedelta(minutes=1))
    holds.capture_hold("one")


def test_a_part_refund_takes_its_share_in_credits_not_cents(shop, now_at):
    session = shop.session("pack-2500")
    shop.tell("checkout.session.completed", session)
    shop.tell("charge.refunded", shop.charge(session, refunded=500))
    assert (session["amount_total"], now_at(shop.account)) == (2000, (1875, 0, 0))


def test_refunds_are_cumulative_and_duplicates_do_nothing(shop, bought, together, now_at):
    charge = shop.charge(bought, refunded=125)
    together(lambda _: shop.tell("charge.refunded", charge), 8)
    assert now_at(shop.account) == (375, 0, 0)
    charge["amount_refunded"] = 250
    together(lambda _: shop.tell("charge.refunded", charge), 8)
    assert now_at(shop.account) == (250, 0, 0)


def test_a_refund_heard_of_before_the_purchase_counts_when_it_comes(shop, now_at):
    session = shop.session()
    shop.tell("charge.refunded", shop.charge(session, refunded=125))
    assert now_at(shop.account) == (0, 0, 0)
    shop.tell("checkout.session.completed", session)
    assert now_at(shop.account) == (375, 0, 0)


def test_a_refund_at_the_very_moment_of_the_purchase_counts(shop, together, now_at):
    for _ in range(4):
        before = now_at(shop.account)[0]
        session = shop.session()
        charge = shop.charge(session, refunded=500)
        roads = [
            lambda session=session: fulfilment.fulfil_session(session["id"]),
            lambda charge=charge: refunds.refunded(charge["id"]),
        ]
        together(lambda index, roads=roads: roads[index % 2](), 6)
        assert now_at(shop.account) == (before, 0, 0)


def test_what_was_spent_becomes_a_debt_that_the_next_grant_pays(shop, bought, now_at):
    spend(shop.account, 300)
    shop.tell("charge.refunded", shop.charge(bought, refunded=500))
    assert now_at(shop.account) == (0, 0, 300)
    shop.tell("checkout.session.completed", shop.session())
    assert now_at(shop.account) == (200, 0, 0)


def test_a_dispute_takes_credits_and_winning_it_brings_them_back(shop, bought, together, now_at):
    charge = shop.charge(bought, refunded=125)
    shop.tell("charge.refunded", charge)
    spend(shop.account, 300)
    dispute = shop.dispute(charge, 375)
    for kind in ("created", "funds_withdrawn"):
        shop.tell(f"charge.dispute.{kind}", dispute)
    assert now_at(shop.account) == (0, 0, 300)
    dispute["status"] = "won"
    kinds = ["closed", "funds_reinstated"]
    together(lambda index: shop.tell(f"charge.dispute.{kinds[index % 2]}", dispute), 8)
    assert now_at(shop.account) == (75, 0, 0)


@pytest.mark.parametrize("status", sorted(refunds.HARMLESS))
def test_a_dispute_that_took_no_money_takes_no_credits(shop, bought, now_at, status):
    shop.tell("charge.dispute.created", shop.dispute(shop.charge(bought), 500, status))
    assert now_at(shop.account) == (500, 0, 0)


def test_refund_and_dispute_together_take_no_more_than_was_bought(shop, bought, now_at):
    charge = shop.charge(bought, refunded=300)
    shop.tell("charge.refunded", charge)
    shop.tell("charge.dispute.created", shop.dispute(charge, 500))
    assert now_at(shop.account) == (0, 0, 0)
    assert Purchase.objects.get().taken == 500


def test_a_refund_that_failed_brings_the_credits_back(shop, bought, now_at):
    charge = shop.charge(bought, refunded=500)
    shop.tell("charge.refunded", charge)
    charge["amount_refunded"] = 0
    shop.tell("charge.refunded", charge)
    assert now_at(shop.account) == (500, 0, 0)


def test_a_slow_answer_does_not_undo_a_newer_one(shop, bought, together, now_at):
    charge = shop.charge(bought, refunded=100)
    shop.tell("charge.refunded", charge)
    slow = iter([0.4, 0, 0, 0, 0])
    shop.stripe.delays[charge["id"]] = lambda: next(slow)

    def road(index):
        if index == 0:
            return refunds.refunded(charge["id"])
        while next(iter([len(shop.stripe.calls)])) == calls:
            pass
        charge["amount_refunded"] = 500
        return refunds.refunded(charge["id"])

    calls = len(shop.stripe.calls)
    together(road, 2)
    assert Reversal.objects.get(pk=charge["id"]).amount == 500
    assert now_at(shop.account) == (0, 0, 0)


def test_a_strangers_charge_is_not_ours(shop, bought):
    charge = shop.charge(bought, refunded=5, customer="cus_stranger")
    assert shop.tell("charge.refunded", charge) == StripeEvent.State.FOREIGN
    dispute = shop.dispute(charge, 5)
    assert shop.tell("charge.dispute.created", dispute) == StripeEvent.State.FOREIGN
    assert not Reversal.objects.exists()


def expire(bucket, amount):
    """So much of it has expired unused."""
    bucket.refresh_from_db()
    Bucket.objects.filter(pk=bucket.pk).update(expires=timezone.now() - timedelta(days=1))
    holds.sweep_holds()
    bucket.refresh_from_db()
    assert bucket.expired == amount


def test_what_expired_unused_is_not_owed(shop, now_at):
    invoice = shop.invoice(shop.subscription())
    shop.tell("invoice.paid", invoice)
    spend(shop.account, 500)
    expire(Bucket.objects.get(), 1000)
    intent = invoice["payments"]["data"][0]["payment"]["payment_intent"]
    charge = shop.charge({"payment_intent": intent, "amount_total": 900}, refunded=450)
    shop.tell("charge.refunded", charge)
    # Half of it is still paid for, and less than half was used.
    assert now_at(shop.account) == (0, 0, 0)
    charge["amount_refunded"] = 900
    shop.tell("charge.refunded", charge)
    assert now_at(shop.account) == (0, 0, 500)


def test_credits_back_last_as_long_as_they_had_left(give, clock):
    bucket = give(10, expires=clock.now + timedelta(days=20))
    grants.take_back(bucket, 10, reason="disputed")
    clock.passes(days=60)
    grants.restore_credits(bucket, 10, "restored:1", reason="won")
    back = Bucket.objects.get(source_ref="restored:1")
    assert back.expires == clock.now + timedelta(days=20)


def test_a_refund_that_stripe_says_failed_brings_the_credits_back(shop, bought, now_at):
    charge = shop.charge(bought, refunded=500)
    refund = shop.refund(charge, 500)
    shop.tell("refund.created", refund)
    assert now_at(shop.account) == (0, 0, 0)
    refund["status"] = "failed"
    assert shop.tell("refund.failed", refund) == StripeEvent.State.DONE
    assert now_at(shop.account) == (500, 0, 0)


@pytest.mark.parametrize("refunded", [0, 500])
def test_a_credit_note_takes_what_no_refund_tells_of(shop, now_at, refunded):
    invoice = shop.invoice(shop.subscription())
    shop.tell("invoice.paid", invoice)
    refunds_of = [{"amount_refunded": refunded, "refund": "re_1", "type": "refund"}]
    note = shop.stripe.add(
        "cn",
        customer=shop.customer.pk,
        invoice=invoice["id"],
        post_payment_amount=900,
        currency="usd",
        refunds=refunds_of,
        status="issued",
    )
    shop.tell("credit_note.created", note)
    taken = -(-1500 * (900 - refunded) // 900)
    assert now_at(shop.account) == (1500 - taken, 0, 0)
    note["status"] = "void"
    shop.tell("credit_note.voided", note)
    assert now_at(shop.account) == (1500, 0, 0)


def test_money_back_in_another_currency_waits_for_a_person(shop, bought, now_at):
    dispute = shop.dispute(shop.charge(bought), 460, currency="eur")
    assert shop.tell("charge.dispute.created", dispute) == StripeEvent.State.FAILED
    assert now_at(shop.account) == (500, 0, 0)
    assert Reversal.objects.get().parked
    dispute["currency"] = "usd"
    event_handlers.take_up([StripeEvent.objects.get(state="failed").pk])
    assert event_handlers.retry_events() == 1
    assert now_at(shop.account) == (40, 0, 0)


def test_a_charge_that_no_longer_names_our_customer_is_ours(shop, bought, now_at):
    charge = shop.charge(bought, refunded=500, customer=None)
    assert shop.tell("charge.refunded", charge) == StripeEvent.State.DONE
    assert now_at(shop.account) == (0, 0, 0)


def test_an_early_fraud_warning_stops_what_is_bought_by_itself_and_is_logged(shop, bought, caplog):
    AutoTopUp.objects.create(account=shop.account, item="pack-500", below=10)
    charge = shop.charge(bought)
    warning = shop.stripe.add(
        "issfr",
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        fraud_type="made_with_stolen_card",
    )
    for kind in ("created", "updated"):
        shop.tell(f"radar.early_fraud_warning.{kind}", warning)
    assert FraudWarning.objects.get().kind == "made_with_stolen_card"
    assert AutoTopUp.objects.get().stopped == "fraud-warning"
    assert "early fraud warning" in caplog.text
