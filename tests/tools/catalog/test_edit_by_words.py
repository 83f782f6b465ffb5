import sys
from pathlib import Path

import numpy as np
import pytest

from billing.accounts import payers
from billing.credits import holds
from tools.attempts import lifecycle
from tools.definition import registry
from tools.errors import NothingWrittenError
from tools.exports import files as exports
from tools.models import Attempt, AttemptCount
from tools.pipeline import encoding, engines
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.weights import places
from tools.pricing import charges
from tools.storage import files
from tools.web import serializers
from tools.workers import cpu

TOOL = "edit-by-words"
BEACH = {"words": "on a beach at dusk"}


@pytest.fixture
def editor(monkeypatch):
    """A server that has an engine for it."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setenv("PACKSHOT_ENGINES", "editor_double")
    engines.list_engines.cache_clear()
    yield
    engines.list_engines.cache_clear()
    sys.modules.pop("editor_double", None)


@pytest.fixture
def payer(visitor):
    from billing.credits import grants
    from billing.models import Source

    account = payers.account_of_visitor(visitor)
    grants.grant_credits(account, 100, Source.FREE, "test")
    return charges.Payer(account)


def test_where_no_engine_can_do_it_nobody_is_shown_it(client, browser, photo, db):
    assert TOOL not in [tool.slug for tool in registry.list_offered()]
    assert client.get(f"/{TOOL}/").status_code == 404
    assert f'data-tool="{TOOL}"' not in client.get("/remove-background/").content.decode()
    assert TOOL not in client.get("/tools/").content.decode()
    there = client.get("/api/tools/").json()["tools"]
    assert TOOL not in [tool["slug"] for tool in there]
    answer = browser.post("/attempts/", {"tool": TOOL, "photo": photo.pk, **BEACH})
    assert answer.json()["error"] == "engine-unavailable"
    with pytest.raises(EngineUnavailableError):
        lifecycle.start_attempt(photo, TOOL, BEACH)
    assert not Attempt.objects.exists()


def test_where_one_can_the_pages_offer_it_by_themselves(client, editor, db):
    page = client.get(f"/{TOOL}/").content.decode()
    assert '<textarea name="words"' in page
    assert "data-worded" in page
    assert f'data-tool="{TOOL}"' in client.get("/remove-background/").content.decode()
    assert f'href="/{TOOL}/"' in client.get("/tools/").content.decode()
    there = {tool["slug"]: tool for tool in client.get("/api/tools/").json()["tools"]}
    assert ("edit", "double") in [(each["kind"], each["name"]) for each in there[TOOL]["engines"]]


def test_its_own_words_come_with_the_engine(client, editor, monkeypatch, db):
    from seo import starter_pages
    from seo.models import KeywordPage
    from seo.page_cache.store import SHELF

    monkeypatch.setenv("PACKSHOT_ENGINES", "")
    engines.list_engines.cache_clear()
    starter_pages.load_pages(starter_pages.STARTER)
    there = KeywordPage.objects.filter(intent__tool=TOOL)
    assert not there.exists()
    assert client.get(f"/{TOOL}/").status_code == 404
    assert TOOL not in client.get("/sitemap-0.xml").content.decode()
    monkeypatch.setenv("PACKSHOT_ENGINES", "editor_double")
    engines.list_engines.cache_clear()
    SHELF.clear()
    assert starter_pages.load_pages(starter_pages.STARTER) == 2
    assert set(there.values_list("locale", flat=True)) == {"en", "zh-hans"}
    page = client.get(f"/{TOOL}/").content.decode()
    assert "Three chances for one price" in page
    assert '<textarea name="words"' in page
    assert "用文字修改商品图" in client.get(f"/zh-hans/{TOOL}/").content.decode()
    assert client.get("/tools/").content.decode().count(f'href="/{TOOL}/"') == 1
    assert f"/{TOOL}/</loc>" in client.get("/sitemap-0.xml").content.decode()


def test_a_page_whose_engine_is_gone_is_no_dead_end(client, editor, monkeypatch, db):
    from django.utils import timezone

    from seo.models import Intent, KeywordPage, Version

    intent = Intent.objects.create(slug="mug-beach", name="Beach", tool=TOOL)
    page = KeywordPage.objects.create(intent=intent, slug="mug-beach")
    words = {"title": "T", "h1": "Mugs on beaches", "lead": "L", "description": "D"}
    Version.objects.create(
        page=page, preset=BEACH, reviewer="Ada", publish_at=timezone.now(), **words
    )
    assert "on a beach at dusk" in client.get("/mug-beach/").content.decode()
    from seo.page_cache.store import SHELF

    SHELF.clear()
    monkeypatch.setenv("PACKSHOT_ENGINES", "")
    engines.list_engines.cache_clear()
    shown = client.get("/mug-beach/").content.decode()
    assert "Mugs on beaches" in shown
    assert "Edit by words is not available right now." in shown
    assert f'action="/work/{registry.list_offered()[0].slug}/"' in shown


def test_without_words_nothing_begins(browser, photo, editor):
    answer = browser.post("/attempts/", {"tool": TOOL, "photo": photo.pk, "words": "  "})
    assert answer.json()["error"] == "nothing-written"
    with pytest.raises(NothingWrittenError):
        lifecycle.start_attempt(photo, TOOL, {})


def test_the_product_is_put_back_bit_for_bit_and_what_the_model_did_is_told(photo, editor, payer):
    attempt = lifecycle.start_attempt(photo, TOOL, BEACH, payer=payer)
    assert attempt.engines["edit"] == "double"
    cpu.work_once()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.title or attempt.params["words"]) == ("done", BEACH["words"])
    assert attempt.fidelity["kept"]
    assert attempt.fidelity["identical"] == 1
    assert attempt.facts["edit"]["tries"] == 1
    assert attempt.facts["edit"]["redrawn"]["kept"]
    # For the engine, and for the built-in one that finds the product.
    assert holds.count_spendable(payer.account) == 100 - attempt.price
    assert attempt.price >= 8


def test_the_full_size_has_the_surroundings_that_were_shown(upload, as_file, editor, monkeypatch):
    from tools.pipeline import ops
    from tools.rendering import ingest

    monkeypatch.setattr(ops, "PROXY_PIXELS", 80 * 80)
    received = upload()
    ingest.ingest_photo(received.pk)
    received.refresh_from_db()
    attempt = lifecycle.start_attempt(received, TOOL, BEACH)
    cpu.work_once()
    attempt.refresh_from_db()
    export = exports.start_export(attempt, exports.parse_options({"format": "png"}))
    cpu.work_once()
    export.refresh_from_db()
    assert export.status == "done"
    whole = encoding.decode_png(files.read_file(export.file))
    assert whole.shape[:2] == (160, 160)
    assert np.abs(whole[:15, :15, :3].astype(int) - (20, 60, 140)).max() <= 3
    assert export.facts["edit"] == attempt.facts["edit"]


def test_when_no_seed_keeps_the_product_it_costs_nothing(photo, editor, payer):
    attempt = lifecycle.start_attempt(photo, TOOL, {"words": "another mug"}, payer=payer)
    cpu.work_once()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.error) == ("failed", "not-obedient")
    assert "so we kept none. It cost nothing." in serializers.serialize_attempt(attempt)["words"]
    assert holds.count_spendable(payer.account) == 100
    outcome = AttemptCount.objects.get()
    assert (outcome.unkept, outcome.firsts, outcome.firsts_delivered) == (1, 1, 0)
    assert "edit double" in outcome.engines


OFFERED = "brand:0.9:brnd style"


@pytest.fixture
def brand(tmp_path, monkeypatch, db):
    """A style whose file is on this server, and a page that offers it."""
    from seo.models import Intent, KeywordPage, Version

    intent = Intent.objects.create(slug="brand-mugs", name="Brand", tool=TOOL)
    page = KeywordPage.objects.create(intent=intent, locale="en", slug="brand-mugs")
    Version.objects.create(page=page, preset={"style": OFFERED})
    monkeypatch.setattr(places.place, "folder", tmp_path / "models")
    (tmp_path / "models" / "loras").mkdir(parents=True)
    (tmp_path / "models" / "loras" / "brand.safetensors").write_bytes(b"weights")


def test_a_pages_style_reaches_the_engine_and_nobody_elses_picture(photo, editor, brand):
    styled = lifecycle.start_attempt(photo, TOOL, {**BEACH, "style": OFFERED})
    plain = lifecycle.start_attempt(photo, TOOL, BEACH)
    cpu.work_once()
    cpu.work_once()
    corners = []
    for attempt in (styled, plain):
        preview = files.read_file(files.attempt_preview_path(attempt.pk))
        corners.append(int(encoding.decode_png(preview)[4, 4, 1]))
    assert corners == pytest.approx([90, 60], abs=4)


@pytest.mark.parametrize(
    "style",
    [
        "absent",
        "../brand",
        "loras/../brand",
        "/etc/passwd",
        "brand.safetensors",
        "brand:9",
        "brand:x",
    ],
)
def test_a_style_that_is_not_here_is_refused(photo, editor, brand, style):
    with pytest.raises(registry.InvalidParamsError) as refused:
        lifecycle.start_attempt(photo, TOOL, {**BEACH, "style": style})
    assert set(refused.value.fields) == {"style"}


@pytest.mark.parametrize("style", ["brand", "brand:0.9", "brand:1:brnd style", "other"])
def test_a_style_that_no_page_offers_is_refused(browser, photo, editor, brand, tmp_path, style):
    (tmp_path / "models" / "loras" / "other.safetensors").write_bytes(b"another brand's")
    asked = {"photo": photo.pk, "tool": TOOL, **BEACH, "style": style}
    answer = browser.post("/attempts/", asked)
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"style": ["There is no such style on this server."]}
    assert not Attempt.objects.exists()


def test_only_who_writes_the_page_sees_the_style(client, editor, brand, db):
    from seo.desk.editing.forms import Whole
    from seo.models import Intent

    assert '<input type="hidden" name="style"' in client.get(f"/{TOOL}/").content.decode()
    intent = Intent.objects.create(slug="mug-beach", name="Beach", tool=TOOL)
    whole = Whole(initial={"intent": intent, "preset": {"style": "brand"}})
    assert not whole.settings["style"].is_hidden
    assert whole.settings["style"].value() == "brand"
