"""Recipe views: an attempt's recipe, and the same on another photo."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from foundation.origin import site_origin
from tools.attempts import recipes
from tools.web import ownership, serializers
from tools.web.responses import etag_response, says_errors


@require_GET
@says_errors
def show_recipe(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.own_attempt(request, attempt_id)
    return etag_response(request, recipes.describe_recipe(found, site_origin(request)))


@require_POST
@says_errors
def apply_recipe(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.own_attempt(request, attempt_id)
    photo = ownership.own_photo(request, request.POST.get("photo"))
    made = recipes.apply_recipe(found, photo, ownership.request_payer(request))
    return JsonResponse(serializers.serialize_attempt(made), status=201)
