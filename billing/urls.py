from django.urls import path

from billing.views import account, door, people, shop, till

urlpatterns = [
    path("pricing/", shop.pricing, name="pricing"),
    path("pricing/buy/", shop.buy, name="buy"),
    path("account/", account.account, name="account"),
    path("account/balance/", account.balance, name="balance"),
    path("account/bought/", shop.bought, name="bought"),
    path("account/credits.csv", account.export, name="credits-csv"),
    path("account/credits-back/", account.give_back, name="credits-back"),
    path("account/plan/", shop.change_plan, name="change-plan"),
    path("account/cap/", account.caps, name="cap"),
    path("account/refill/", account.refill, name="refill"),
    path("account/invoices/", account.portal, name="invoices"),
    path("account/delete/", account.delete, name="delete-account"),
    path("account/keys/", people.issue_key, name="issue-key"),
    path("account/keys/<int:pk>/revoke/", people.revoke_key, name="revoke-key"),
    path("account/team/", people.found_team, name="found-team"),
    path("account/team/invite/", people.invite, name="invite"),
    path("account/team/payer/", people.choose_payer, name="choose-payer"),
    path("account/team/<int:pk>/join/", people.join, name="join-team"),
    path("account/team/<int:pk>/leave/", people.leave, name="leave-team"),
    path("webhooks/stripe/", door.webhook, name="stripe-webhook"),
    path("till/<str:pk>/", till.pay, name="till"),
    path("till/<str:pk>/portal/", till.portal, name="till-portal"),
]
