"""An attempt's recipe, and the same on another photo."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from accounts import visitors
from tools import charges, presenting, recipes
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
    payer = charges.account_of(visitors.ensure(request), request.META.get("REMOTE_ADDR", ""))
    return JsonResponse(presenting.attempt(recipes.again(found, photo, payer)), status=201)
