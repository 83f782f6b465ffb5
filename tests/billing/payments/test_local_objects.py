import pytest

from billing.payments import local_objects

pytestmark = pytest.mark.django_db


def test_an_object_is_put_once_and_changed_in_place():
    for email in ("a@b.c", "d@e.f"):
        local_objects.put("cus_1", {"object": "customer", "email": email})
    assert local_objects.get_object("cus_1")["email"] == "a@b.c"
    local_objects.change_object("cus_1", email="new@b.c")
    assert local_objects.get_object("cus_1")["email"] == "new@b.c"
    assert not local_objects.has_object("cus_2")
    with pytest.raises(LookupError):
        local_objects.get_object("cus_2")
