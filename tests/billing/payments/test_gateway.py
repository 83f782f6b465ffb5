import stripe

from billing.payments import gateway


def test_an_object_is_known_by_its_id_however_stripe_answers():
    charge = stripe.Charge.construct_from({"id": "ch_1", "object": "charge"}, "sk_test")
    assert [gateway.id_of(found) for found in ("ch_1", charge, None)] == ["ch_1", "ch_1", ""]


def test_a_declined_card_says_why():
    error = gateway.declined("No money.", "insufficient_funds")
    assert (error.code, error.user_message) == ("insufficient_funds", "No money.")
