"""An attempt's recipe, and the same on another photo."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tools import presenting, recipes
from tools.answers import says_errors, tagged
from tools.views import asked, mine


@require_GET
@says_errors
def recipe(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine.attempt(request, attempt_id)
    return tagged(request, recipes.recipe(found, asked.origin(request)))


@require_POST
@says_errors
def again(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine.attempt(request, attempt_id)
    photo = mine.photo(request, request.POST.get("photo"))
    made = recipes.again(found, photo, mine.payer(request))
    return JsonResponse(presenting.attempt(made), status=201)
