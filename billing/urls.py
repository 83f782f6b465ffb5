from django.urls import path

from billing.views import account, keys_and_teams, local_checkout, shop, webhook

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
    path("account/keys/", keys_and_teams.issue_key, name="issue-key"),
    path("account/keys/<int:pk>/revoke/", keys_and_teams.revoke_key, name="revoke-key"),
    path("account/team/", keys_and_teams.found_team, name="found-team"),
    path("account/team/invite/", keys_and_teams.invite, name="invite"),
    path("account/team/payer/", keys_and_teams.choose_payer, name="choose-payer"),
    path("account/team/<int:pk>/join/", keys_and_teams.join, name="join-team"),
    path("account/team/<int:pk>/leave/", keys_and_teams.leave, name="leave-team"),
    path("webhooks/stripe/", webhook.webhook, name="stripe-webhook"),
    path("till/<str:pk>/", local_checkout.pay, name="till"),
    path("till/<str:pk>/portal/", local_checkout.portal, name="till-portal"),
]
