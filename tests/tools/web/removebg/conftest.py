"""remove.bg's clients, as Django's own client sends what they send; a worker that works while they wait.

K is a valid key, P a JPEG of 500 by 333 pixels, L one of 2400 by 1600, as the contract has them. What
several checks ask of the same request they ask of one answer.
"""

import io
import json
import time
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import User
from billing import audit
from billing.accounts import api_keys, payers
from billing.credits import grants
from billing.models import Source
from tools.attempts import calls
from tools.fetch import jobs
from tools.rendering import ingest
from tools.web.removebg import waiting
from tools.workers import cpu

REMOVE, ACCOUNT, IMPROVE = "/v1.0/removebg", "/v1.0/account", "/v1.0/improve"


def picture(width, height, seed=7):
    """A red bottle on a pale ground, each with a grain of its own."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    inside = (abs(x - width * 0.5) < width * 0.13) & (abs(y - height * 0.52) < height * 0.36)
    inside |= (abs(x - width * 0.5) < width * 0.05) & (abs(y - height * 0.2) < height * 0.14)
    ground = np.where(inside[..., None], (170, 40, 35), (222, 220, 214))
    grain = random.normal(0, 3, (height, width, 3))
    return np.clip(ground + grain, 0, 255).astype(np.uint8)


def packed(pixels, kind="JPEG", **options):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **options)
    return out.getvalue()


@pytest.fixture(scope="session")
def person():
    return packed(picture(500, 333), quality=92)


@pytest.fixture(scope="session")
def large():
    return packed(picture(2400, 1600), quality=85)


@pytest.fixture(scope="session")
def shared_steps(tmp_path_factory):
    return tmp_path_factory.mktemp("steps")


class WorkingTime:
    """Time that passes only while somebody waits; a worker works meanwhile, unless it is away."""

    def __init__(self):
        self.passed, self.is_away = 0.0, False

    def monotonic(self):
        return self.passed

    def time(self):
        return time.time() + self.passed

    def sleep(self, seconds):
        self.passed += seconds
        if self.is_away:
            self.passed += 1
            return
        for photo_id in jobs.fetch_waiting():
            ingest.ingest_photo(photo_id)
        cpu.work_once()


@pytest.fixture(autouse=True)
def worker(monkeypatch, settings, shared_steps, own_folders):
    """What was computed of a picture for one test is there for the next."""
    settings.STEPS_DIR = shared_steps
    settings.BILLING_LIMITS = {"free_previews_a_month": 0}
    working = WorkingTime()
    monkeypatch.setattr(waiting, "time", working)
    return working


@pytest.fixture
def account(db):
    found = payers.user_account(User.objects.create_user("shop@example.com"))
    grants.grant_credits(found, 100, Source.ADJUST, "test")
    yield found
    assert audit.find_problems() == []


@pytest.fixture
def key(account):
    return api_keys.issue_key(account, "Shop")[0]


@pytest.fixture
def secret(account):
    return api_keys.issue_key(account, "Shop")[1]


@dataclass
class Answer:
    """What a client got."""

    status: int
    headers: dict
    data: bytes
    fields: dict = field(default_factory=dict)

    @property
    def json(self):
        return json.loads(self.data)

    @property
    def code(self):
        return self.json["errors"][0]["code"]

    @property
    def title(self):
        return self.json["errors"][0]["title"]

    @property
    def detail(self):
        return self.json["errors"][0].get("detail", "")

    @property
    def size(self):
        return self.image.size

    @property
    def image(self):
        return Image.open(io.BytesIO(self.data))

    @property
    def pixels(self):
        return np.asarray(self.image)


def heard(response):
    return Answer(response.status_code, dict(response.headers), response.content)


@pytest.fixture
def call(secret):
    """Send a multipart request; bytes become files, and headers are named `http`."""

    def call(path=REMOVE, http=None, **fields):
        sent = {
            name: SimpleUploadedFile("a.jpg", value) if isinstance(value, bytes) else value
            for name, value in fields.items()
        }
        headers = {"X-Api-Key": secret, **(http or {})}
        return heard(Client().post(path, sent, headers=headers))

    return call


@pytest.fixture
def send(secret):
    """Send a body as it stands."""

    def send(body, kind, path=REMOVE, **headers):
        headers = {"X-Api-Key": secret, **headers}
        return heard(Client().post(path, body, content_type=kind, headers=headers))

    return send


@pytest.fixture(scope="session")
def remembered():
    return {}


@pytest.fixture
def answer_to(call, remembered, person):
    """The answer to P with these fields, asked for once by all checks."""

    def answer_to(accept="*/*", **fields):
        known = json.dumps([accept, fields], sort_keys=True)
        if known not in remembered:
            remembered[known] = call(image_file=person, http={"Accept": accept}, **fields)
        return remembered[known]

    return answer_to


@pytest.fixture
def clock_of_calls(monkeypatch):
    """The hour by which requests are told from retries."""

    class Clock:
        passed = 0

        def passes(self, seconds):
            self.passed += seconds

        def now(self):
            return timezone.now() + timedelta(seconds=self.passed)

    clock = Clock()
    monkeypatch.setattr(calls, "timezone", clock)
    return clock
