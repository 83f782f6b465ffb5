"""Contract 1.1: address, key, negotiation (checks 1–14). 14 is where TLS is: the shim's tests."""

import base64
from urllib.parse import urlencode

import pytest
from django.test import Client

REMOVE, ACCOUNT = "/v1.0/removebg", "/v1.0/account"


def test_001_a_file_with_a_key_gives_the_picture(answer_to):
    answer = answer_to()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.image.format == "PNG"


@pytest.mark.parametrize("name", ["X-API-Key", "x-api-key", "X-Api-Key"])
def test_002_the_keys_header_is_any_case(secret, name):
    assert Client().get(ACCOUNT, headers={name: secret}).status_code == 200


def test_003_without_a_key_it_is_403(db, person):
    answer = Client().post(REMOVE, {"size": "auto"})
    (error,) = answer.json()["errors"]
    assert answer.status_code == 403
    assert (error["title"], error["code"]) == ("Missing API Key", "auth_failed")


def test_004_a_wrong_key_is_403_everywhere_with_just_these_two_members(db):
    wrong = {"X-Api-Key": "wrong"}
    for answer in (Client().post(REMOVE, headers=wrong), Client().get(ACCOUNT, headers=wrong)):
        assert answer.status_code == 403
        assert answer["Content-Type"] == "application/json; charset=utf-8"
        assert answer.json() == {"errors": [{"title": "API Key invalid", "code": "auth_failed"}]}


def test_005_a_wrong_key_with_a_whole_picture_is_403_without_rate_headers(call, large):
    answer = call(image_file=large, http={"X-Api-Key": "wrong"})
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("X-RateLimit")]


@pytest.mark.parametrize("accept", ["", "*/*", "image/*"])
def test_006_without_a_wish_for_json_it_is_bytes(answer_to, accept):
    answer = answer_to(accept)
    assert (answer.status, answer.image.format) == (200, "PNG")


def test_007_json_has_base64_and_the_foreground_beside_it(answer_to):
    data = answer_to("application/json").json["data"]
    assert base64.b64decode(data["result_b64"], validate=True) == answer_to().data
    names = [f"foreground_{side}" for side in ("top", "left", "width", "height")]
    assert set(data) == {"result_b64", *names}
    assert all(type(data[name]) is int for name in names)


def test_008_what_axios_sends_by_default_gets_bytes(answer_to):
    answer = answer_to("application/json, text/plain, */*")
    assert answer.headers["Content-Type"] == "image/png"


def test_009_json_has_the_same_headers(answer_to):
    own = {name for name in answer_to().headers if name.startswith("X-")}
    assert {"X-Width", "X-Type", "X-Credits-Charged", "X-RateLimit-Limit"} <= own
    json = answer_to("application/json").headers
    assert own <= set(json)
    same = own - {"X-RateLimit-Remaining", "X-RateLimit-Reset"}
    assert [json[name] for name in same] == [answer_to().headers[name] for name in same]


def test_010_pages_of_any_site_may_read_every_reply(answer_to, call):
    replies = [answer_to(), call(), call(http={"X-Api-Key": "wrong"})]
    assert [reply.status for reply in replies] == [200, 400, 403]
    assert {reply.headers["Access-Control-Allow-Origin"] for reply in replies} == {"*"}


def test_011_a_browsers_preflight_is_let_through_and_so_is_its_post(db, secret, person):
    asks = {
        "Origin": "https://www.figma.com",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-api-key,content-type,accept",
    }
    answer = Client().options(REMOVE, headers=asks)
    assert 200 <= answer.status_code < 300
    allowed = answer["Access-Control-Allow-Headers"].lower()
    assert all(name in allowed for name in ("x-api-key", "content-type", "accept"))
    foreign = {"Origin": "https://www.figma.com", "Sec-Fetch-Site": "cross-site"}
    posted = Client().post(REMOVE, headers={**foreign, "X-Api-Key": secret})
    assert posted.json()["errors"][0]["code"] == "missing_source"


def test_012_all_three_kinds_of_body_work(send, answer_to, person):
    text = base64.b64encode(person).decode()
    form = send(urlencode({"image_file_b64": text}), "application/x-www-form-urlencoded")
    as_json = send({"image_file_b64": text, "crop": False}, "application/json")
    assert [form.status, as_json.status, answer_to().status] == [200] * 3
    assert form.data == as_json.data == answer_to().data


def test_013_a_bearer_token_is_answered_clearly(db):
    answer = Client().post(REMOVE, headers={"Authorization": "Bearer token"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "auth_failed")
