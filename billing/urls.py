from django.urls import path

from billing.views import account, keys_and_teams, local_checkout, shop, webhook

urlpatterns = [
    path("pricing/", shop.show_pricing, name="pricing"),
    path("pricing/buy/", shop.buy_credits, name="checkout"),
    path("account/", account.show_account, name="account"),
    path("account/balance/", account.show_balance, name="balance"),
    path("account/bought/", shop.show_bought, name="checkout-return"),
    path("account/credits.csv", account.export_ledger, name="history-csv"),
    path("account/credits-back/", account.give_back, name="refund"),
    path("account/plan/", shop.change_plan, name="change-plan"),
    path("account/plan/keep/", shop.keep_plan, name="keep-plan"),
    path("account/cap/", account.set_caps, name="spending-limit"),
    path("account/refill/", account.set_auto_top_up, name="auto-top-up"),
    path("account/invoices/", account.open_portal, name="billing-portal"),
    path("account/delete/", account.delete_account, name="delete-account"),
    path("account/keys/", keys_and_teams.issue_key, name="api-key-create"),
    path("account/keys/<number:pk>/revoke/", keys_and_teams.revoke_key, name="api-key-revoke"),
    path("account/team/", keys_and_teams.found_team, name="team-create"),
    path("account/team/invite/", keys_and_teams.invite_to_team, name="team-invite"),
    path("account/team/payer/", keys_and_teams.choose_payer, name="team-payer"),
    path("account/team/<number:pk>/", keys_and_teams.change_member, name="team-member"),
    path("account/team/<number:pk>/join/", keys_and_teams.join_team, name="team-join"),
    path("account/team/<number:pk>/leave/", keys_and_teams.leave_team, name="team-leave"),
    path("webhooks/stripe/", webhook.receive_webhook, name="stripe-webhook"),
    path("till/<str:pk>/", local_checkout.pay_locally, name="local-checkout"),
    path("till/<str:pk>/invoice/", local_checkout.pay_local_invoice, name="local-invoice"),
    path("till/<str:pk>/portal/", local_checkout.show_local_portal, name="local-billing-portal"),
]
