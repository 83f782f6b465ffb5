from django.urls import include, path
from django.views.generic import RedirectView

# There is one door. allauth's pages for passwords and for signing up lead to it.
door = RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)
urlpatterns = [
    path("login/", door),
    path("signup/", door),
    path("password/<path:rest>", RedirectView.as_view(url="/accounts/login/code/")),
    path("", include("allauth.urls")),
]
