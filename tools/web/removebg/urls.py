from django.urls import path, re_path

from tools.web.removebg import views

urlpatterns = [
    path("v1.0/removebg", views.remove_background, name="removebg"),
    path("v1.0/account", views.show_account, name="removebg-account"),
    path("v1.0/improve", views.improve, name="removebg-improve"),
    re_path(r"^v1\.0/", views.refuse_address),
]
