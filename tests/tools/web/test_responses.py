import json

import pytest

from billing.errors import CapReachedError
from tools.definition.registry import InvalidParamsError, UnknownToolError
from tools.errors import PhotoGoneError, UnreachableError
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.intake.errors import TooManyBytesError
from tools.web import responses


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PhotoGoneError(), 404),
        (UnreachableError(status=500), UnreachableError.status),
        (UnknownToolError("x"), 404),
        (CapReachedError(5, 4, 3), 402),
        (TooManyBytesError(), 422),
        (EngineUnavailableError("no GPU"), 503),
    ],
)
def test_every_error_that_we_know_is_answered_with_its_words(rf, error, status):
    @responses.says_errors
    def view(_request):
        raise error

    answer = view(rf.get("/"))
    said = json.loads(answer.content)
    assert (answer.status_code, said["error"]) == (status, error.id)
    assert said["words"]


def test_a_wrong_setting_is_answered_beside_its_field(rf):
    @responses.says_errors
    def view(_request):
        raise InvalidParamsError({"softness": ["Too much."]})

    assert json.loads(view(rf.get("/")).content)["fields"] == {"softness": ["Too much."]}


def test_what_nobody_foresaw_is_not_hidden(rf):
    @responses.says_errors
    def view(_request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        view(rf.get("/"))


def test_who_has_it_already_is_told_so(rf):
    first = responses.etag_response(rf.get("/"), {"a": 1})
    asked = rf.get("/", headers={"If-None-Match": first["ETag"]})
    assert responses.etag_response(asked, {"a": 1}).status_code == 304
    changed = responses.etag_response(asked, {"a": 2})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_a_form_without_script_wants_a_page(rf):
    assert responses.wants_page(rf.get("/", headers={"Accept": "text/html,*/*"}))
    assert not responses.wants_page(rf.get("/", headers={"Accept": "*/*"}))
