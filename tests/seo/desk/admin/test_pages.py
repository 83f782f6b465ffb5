import pytest
from django.urls import reverse

from seo.desk.admin import pages

pytestmark = pytest.mark.django_db


def test_the_admins_own_views_of_a_page_lead_to_the_desks_screens(desk, written):
    page = written("mug").page
    own = reverse("admin:seo_keywordpage_change", args=[page.pk])
    assert desk.get(own)["Location"] == reverse("admin:desk_page", args=[page.pk])
    assert desk.get(reverse("admin:seo_keywordpage_add"))["Location"] == reverse("admin:desk_new")
    listed = desk.get(reverse("admin:seo_keywordpage_changelist"))
    assert page.get_absolute_url() in listed.content.decode()


def test_a_row_of_a_version_leads_to_what_the_gate_finds_of_it(desk, written):
    version = written("mug")
    own = reverse("admin:seo_version_change", args=[version.pk])
    findings = reverse("admin:desk_publish_checks", args=[version.pk])
    assert desk.get(own)["Location"] == findings
    listed = desk.get(reverse("admin:seo_version_changelist")).content.decode()
    assert version.page.get_absolute_url() in listed


def test_no_screen_of_the_desk_opens_to_who_is_not_staff(client, written):
    version = written("mug")
    for _, _, name in pages.SCREENS:
        pk = [] if not wants_key(name) else [version.pk]
        answer = client.get(reverse(f"admin:desk_{name}", args=pk))
        assert (answer.status_code, "/login/" in answer["Location"]) == (302, True), name


def wants_key(name):
    return any("<number:" in at for at, _, one in pages.SCREENS if one == name)


@pytest.mark.parametrize("name", ["seo_example_add", "seo_version_add"])
def test_what_the_pipeline_or_the_desk_makes_is_not_made_by_hand(client, lead, name):
    client.force_login(lead)
    assert client.get(reverse(f"admin:{name}")).status_code == 403
