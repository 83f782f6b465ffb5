"""The three addresses of remove.bg's API that its clients call, answered as they expect it.

A call is an attempt like any other, started here and done by a worker; what is special is its form:
see docs/removebg.md.
"""

import uuid

from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from billing.accounts import api_keys
from billing.credits import holds, previews
from billing.models import ApiKey, Source
from tools.attempts import calls
from tools.models import Call, Improvement, Job, Photo
from tools.photos import uploads
from tools.storage import files
from tools.web import throttle
from tools.web.removebg import answers, ordering, parameters, sources, waiting
from tools.web.removebg.answers import speaks_contract
from tools.web.removebg.body import Body, read_body
from tools.web.removebg.refusals import RefusedCallError, refuse_attempt

IMPROVEMENTS_A_DAY, DAY = 100, 86_400


@speaks_contract("POST")
def remove_background(request: HttpRequest) -> HttpResponse:
    deadline = waiting.Deadline()
    key = answers.require_key(request, "removebg")
    body = read_body(request)
    call = calls.find_call(key, body.fingerprint()) or order_call(key, body, deadline)
    if not deadline.wait_until(lambda: has_ended(call)):
        raise waiting.not_ready()
    if call.attempt.status != Job.Status.DONE:
        raise refuse_attempt(call.attempt.error)
    call.refresh_from_db(fields=["file"])
    key.refresh_from_db(fields=["minute_began", "minute_units"])
    response = answers.hand_out(request, call, key)
    calls.mark_answered(call)
    return response


def has_ended(call: Call) -> bool:
    call.attempt.refresh_from_db(fields=["status", "error", "facts"])
    return call.attempt.status not in Job.OPEN


def order_call(key: ApiKey, body: Body, deadline: waiting.Deadline) -> Call:
    """Start what the request asks for, or find what it began. Raises RefusedCallError."""
    behind = sources.find_behind(body)
    asked = parameters.read_parameters(body.fields, has_picture_behind=behind is not None)
    source, visitor = sources.find_source(body), api_keys.visitor_of(key)
    fetched = None
    if source.address:
        fetched = sources.fetch_photo(visitor, source.address, deadline)
        width, height = fetched.width, fetched.height
    else:
        head = sources.read_header(source.data)
        width, height = head.width, head.height
    answers.take_units(key, ordering.count_units(width, height))
    size = ordering.choose_size(asked.size, width, height, can_pay=ordering.can_pay_whole(key))
    is_preview = size in ordering.PREVIEWS
    ordering.check_credits(key, is_preview=is_preview)
    sizes = ordering.find_sizes(size, asked.file_format, width, height)
    ordering.find_box(asked.roi, sizes)
    ground = sources.find_photo_behind(visitor, behind, deadline)
    photo = fetched or sources.store_photo(visitor, source.data)
    options = ordering.describe_file(asked, sizes, ground.pk if ground else None, asked.file_format)
    ordered = calls.Ordered(options=options, is_preview=is_preview, fingerprint=body.fingerprint())
    return start_or_drop(key, photo, ground, ordered)


def start_or_drop(key: ApiKey, photo: Photo, ground: Photo | None, ordered: calls.Ordered) -> Call:
    """Start the call; where another of the same came first, or none may, the pictures go again."""
    call = None
    try:
        call = calls.start_call(key, photo, ordered)
    finally:
        if call is None or call.attempt.photo_id != photo.pk:
            for picture in filter(None, (photo, ground)):
                uploads.delete_photo(picture)
    return call


@speaks_contract("GET")
def show_account(request: HttpRequest) -> HttpResponse:
    """The balance; in whole credits but for previews that are on their way to one."""
    key = answers.require_key(request, "account")
    account = key.account
    by_plan: float = sum(
        bucket.available
        for bucket in holds.list_live_buckets(account, timezone.now())
        if bucket.source == Source.SUBSCRIPTION
    )
    total: float = holds.count_spendable(account)
    payg = total - by_plan
    if begun := previews.count_begun(account):
        # What has been delivered of a credit is no longer there.
        spent = begun / previews.A_CREDIT
        payg, by_plan = (payg - spent, by_plan) if payg >= 1 else (payg, max(0, by_plan - spent))
    left = {
        "total": payg + by_plan,
        "subscription": by_plan,
        "payg": payg,
        "enterprise": 0,
    }
    api = {"free_calls": previews.count_free(account), "sizes": "all"}
    said = {"data": {"attributes": {"credits": left, "api": api}}}
    return JsonResponse(said, content_type=answers.JSON)


@speaks_contract("POST")
def improve(request: HttpRequest) -> HttpResponse:
    """Take in a picture whose result was bad. It is kept only where its sender says `consent=true`."""
    key = answers.require_key(request, "improve")
    body = read_body(request)
    source = sources.find_source(body)
    if source.data:
        sources.read_header(source.data)
    kind = f"improve:{key.pk}"
    if not throttle.is_within_rate(kind, "", most=IMPROVEMENTS_A_DAY, seconds=DAY):
        raise RefusedCallError("rate_limit_exceeded", 429, retry_after=3600)
    if body.fields.get("consent", "").lower() not in parameters.TRUE:
        return JsonResponse({"id": str(uuid.uuid4())}, content_type=answers.JSON)
    kept = Improvement(
        key=key,
        address=source.address[:2000],
        name=body.fields.get("image_filename", "")[:255],
        tag=body.fields.get("tag", "")[:255],
    )
    if source.data:
        kept.file = files.improvement_path(kept.pk)
        files.write_file(kept.file, ContentFile(source.data))
    kept.save(force_insert=True)
    return JsonResponse({"id": str(kept.pk)}, content_type=answers.JSON)


@speaks_contract()
def refuse_address(request: HttpRequest) -> HttpResponse:
    raise RefusedCallError("not_found", 404)
