"""Numbers in addresses and forms: none is larger than what holds it."""

import itertools

import pytest
from django import forms
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

HUGE = "9" * 400
OURS = ("accounts.", "billing.", "packshot.", "seo.", "tools.")


def patterns(resolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        elif isinstance(each, URLPattern):
            yield each


def test_no_address_of_ours_has_a_number_without_end():
    admin.autodiscover()
    converters = [
        (str(each.pattern), converter)
        for each in patterns(get_resolver())
        for converter in getattr(each.pattern, "converters", {}).values()
    ]
    assert len(converters) > 30
    assert [name for name, converter in converters if isinstance(converter, IntConverter)] == []


def forms_of(kind):
    for each in kind.__subclasses__():
        yield each
        yield from forms_of(each)


def test_every_number_in_a_form_has_both_ends():
    admin.autodiscover()
    get_resolver().url_patterns  # noqa: B018  imports every view, and so every form
    found = {each for each in forms_of(forms.BaseForm) if each.__module__.startswith(OURS)}
    assert len(found) > 20
    endless = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in found
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.IntegerField) and not hasattr(field, "queryset")
        if field.max_value is None or field.min_value is None
    ]
    assert sorted(endless) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/sitemap-{}.xml", "/tools/photo/{}/", "/account/team/{}/join/", "/cards/{}.png"]
)
def test_an_enormous_number_in_an_address_is_no_page(client, path):
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    for number, method in itertools.product((HUGE, "9" * 10), (client.get, client.post)):
        assert method(path.format(number)).status_code in {302, 403, 404, 405}
