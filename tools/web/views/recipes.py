"""An attempt's recipe, and the same on another photo."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tools.attempts import recipes
from tools.web import ownership, request_params, serializers
from tools.web.responses import says_errors, tagged


@require_GET
@says_errors
def recipe(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.attempt(request, attempt_id)
    return tagged(request, recipes.recipe(found, request_params.origin(request)))


@require_POST
@says_errors
def again(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.attempt(request, attempt_id)
    photo = ownership.photo(request, request.POST.get("photo"))
    made = recipes.again(found, photo, ownership.payer(request))
    return JsonResponse(serializers.attempt(made), status=201)
