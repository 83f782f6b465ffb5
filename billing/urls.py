from django.urls import path

from billing.views import account, keys_and_teams, local_checkout, shop, webhook

urlpatterns = [
    path("pricing/", shop.show_pricing, name="pricing"),
    path("pricing/buy/", shop.buy_credits, name="buy"),
    path("account/", account.show_account, name="account"),
    path("account/balance/", account.show_balance, name="balance"),
    path("account/bought/", shop.show_bought, name="bought"),
    path("account/credits.csv", account.export_ledger, name="credits-csv"),
    path("account/credits-back/", account.give_back, name="credits-back"),
    path("account/plan/", shop.change_plan, name="change-plan"),
    path("account/cap/", account.set_caps, name="cap"),
    path("account/refill/", account.set_auto_top_up, name="refill"),
    path("account/invoices/", account.open_portal, name="invoices"),
    path("account/delete/", account.delete_account, name="delete-account"),
    path("account/keys/", keys_and_teams.issue_key, name="issue-key"),
    path("account/keys/<int:pk>/revoke/", keys_and_teams.revoke_key, name="revoke-key"),
    path("account/team/", keys_and_teams.found_team, name="found-team"),
    path("account/team/invite/", keys_and_teams.invite_to_team, name="invite"),
    path("account/team/payer/", keys_and_teams.choose_payer, name="choose-payer"),
    path("account/team/<int:pk>/join/", keys_and_teams.join_team, name="join-team"),
    path("account/team/<int:pk>/leave/", keys_and_teams.leave_team, name="leave-team"),
    path("webhooks/stripe/", webhook.receive_webhook, name="stripe-webhook"),
    path("till/<str:pk>/", local_checkout.pay_locally, name="till"),
    path("till/<str:pk>/portal/", local_checkout.show_local_portal, name="till-portal"),
]
