"""Cookies as the site itself signs them, whichever Django it runs on."""

from django.http import HttpResponse


def signed(name, value):
    answer = HttpResponse()
    answer.set_signed_cookie(name, value)
    return answer.cookies[name].value
