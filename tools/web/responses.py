"""JSON responses of the editor's addresses: with a tag, and errors that say what to do."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse

from billing.errors import BillingError
from tools.definition.registry import InvalidParamsError, UnknownToolError
from tools.errors import ToolsError
from tools.pipeline.errors import PipelineError
from tools.web.serializers import error_words

P = ParamSpec("P")


def says_errors(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer the errors we know in JSON: their id, their words, and the fields they are about."""

    @wraps(view)
    def answering(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ToolsError as error:
            return refusal_response(error.id, error.status, error.facts)
        except InvalidParamsError as error:
            return refusal_response(error.id, 422, fields=error.fields)
        except UnknownToolError as error:
            return refusal_response(error.id, 404)
        except BillingError as error:
            return refusal_response(error.id, 402, vars(error))
        except PipelineError as error:
            return refusal_response(error.id, 422 if error.visitors else 503)

    return answering


def refusal_response(
    error: str,
    status: int,
    facts: Mapping[str, Any] | None = None,
    fields: Mapping[str, list[str]] | None = None,
) -> JsonResponse:
    said = {"error": error, "words": error_words(error, facts)}
    if fields is not None:
        said["fields"] = fields  # type: ignore[assignment]  # the one value that is no string
    return JsonResponse(said, status=status)


def wants_page(request: HttpRequest) -> bool:
    """A form without script wants a page to be on; a script wants to know that it is done."""
    return "text/html" in request.headers.get("Accept", "")


def etag_response(request: HttpRequest, content: Any) -> HttpResponse:
    """The content with an ETag, or 304 when the asker has it already."""
    body = json.dumps(content, default=str)
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    return HttpResponse(body, content_type="application/json", headers=headers)
