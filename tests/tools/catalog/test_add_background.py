import sys
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone

from billing.accounts import payers
from billing.credits import grants, holds
from billing.models import Source
from seo.models import Intent, KeywordPage, Version
from seo.page_cache.store import SHELF
from tools.attempts import lifecycle, recipes
from tools.credentials import identity
from tools.definition import registry
from tools.definition.registry import InvalidParamsError
from tools.errors import NothingWrittenError
from tools.exports import files as exports
from tools.models import Attempt
from tools.pipeline import encoding, engines, ops
from tools.pipeline.provenance import verify
from tools.pricing import charges, lineage
from tools.rendering import ingest
from tools.storage import files
from tools.workers import cpu

TOOL = "add-background"
BEACH = {"background": "words", "words": "on a beach at dusk"}


@pytest.fixture
def surrounder(monkeypatch):
    """A server that has engines for it."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setenv("PACKSHOT_ENGINES", "surround_double")
    engines.list_engines.cache_clear()
    yield
    engines.list_engines.cache_clear()
    sys.modules.pop("surround_double", None)


@pytest.fixture
def payer(visitor):
    account = payers.account_of_visitor(visitor)
    grants.grant_credits(account, 100, Source.FREE, "test")
    return charges.Payer(account)


def made(photo, **more):
    attempt = lifecycle.start_attempt(photo, TOOL, {**BEACH, **more})
    cpu.work_once()
    attempt.refresh_from_db()
    assert attempt.status == "done", attempt.error
    return attempt


def preview(attempt):
    return encoding.decode_png(files.read_file(files.attempt_preview_path(attempt.pk)))[
        ..., :3
    ].astype(int)


def test_where_no_engine_can_do_it_nobody_is_shown_it(client, browser, photo, db):
    page = client.get(f"/tools/{TOOL}/settings/").content.decode()
    assert 'value="scene"' in page
    for trace in ("words", "shaded", "style", "surround"):
        assert trace not in page
    assert 'value="words"' not in client.get(f"/{TOOL}/").content.decode()
    there = {tool["slug"]: tool for tool in client.get("/api/tools/").json()["tools"]}[TOOL]
    settings = {setting["name"]: setting for setting in there["settings"]}
    assert settings["background"]["choices"] == ["scene", "colour", "gradient", "picture"]
    assert "words" not in settings


def test_where_no_engine_can_do_it_it_is_refused_in_words(browser, photo):
    answer = browser.post("/attempts/", {"tool": TOOL, "photo": photo.pk, **BEACH})
    assert answer.status_code == 422
    said = "This server has no engine that can do that."
    assert answer.json()["fields"] == {"background": [said]}
    quote = browser.get(f"/tools/{TOOL}/quote/", {"photo": photo.pk, **BEACH})
    assert quote.json()["fields"] == {"background": [said]}
    with pytest.raises(InvalidParamsError):
        lifecycle.start_attempt(photo, TOOL, BEACH)
    assert not Attempt.objects.exists()
    assert lifecycle.start_attempt(photo, TOOL, {"background": "colour"}).engines == {
        "matte": "embedded"
    }


def test_where_one_can_the_pages_offer_it_by_themselves(client, surrounder, db):
    page = client.get(f"/{TOOL}/").content.decode()
    assert 'name="background" value="words"' in page
    assert '<textarea name="words"' in page
    assert 'data-name="engine.surround"' in page
    there = {tool["slug"]: tool for tool in client.get("/api/tools/").json()["tools"]}[TOOL]
    assert ("surround", "double") in [(each["kind"], each["name"]) for each in there["engines"]]
    assert "words" in {setting["name"] for setting in there["settings"]}


def test_the_price_is_said_before_a_word_is_written_and_other_backgrounds_keep_theirs(
    browser, photo, surrounder
):
    def price(**asked):
        answer = browser.get(f"/tools/{TOOL}/quote/", {"photo": photo.pk, **asked})
        return answer.json()["credits"]

    own = price(background="scene")
    assert price(background="words") == own + 8
    assert price(**BEACH) == own + 8
    assert price(background="colour") == own
    asked = {"photo": photo.pk, "background": "words"}
    said = browser.get(f"/tools/{TOOL}/quote/", asked).json()["words"]
    assert said.startswith(f"{own + 8} of 10 free credits · ")


def test_without_words_nothing_begins(browser, photo, surrounder):
    asked = {"tool": TOOL, "photo": photo.pk, "background": "words", "words": "  "}
    assert browser.post("/attempts/", asked).json()["error"] == "nothing-written"
    with pytest.raises(NothingWrittenError):
        lifecycle.start_attempt(photo, TOOL, {"background": "words"})


def test_the_product_is_laid_over_bit_for_bit_and_the_file_says_what_was_painted(
    browser, photo, surrounder, payer
):
    attempt = lifecycle.start_attempt(photo, TOOL, BEACH, payer=payer)
    assert attempt.engines == {"matte": "embedded", "surround": "double"}
    cpu.work_once()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.fidelity["kept"]) == ("done", True)
    assert attempt.fidelity["identical"] == 1
    assert holds.count_spendable(payer.account) == 100 - attempt.price
    shown = browser.get(f"/attempts/{attempt.pk}/").json()
    assert shown["title"] == "on a beach at dusk"
    # To be dragged about before the next one is asked for.
    assert shown["layers"]["behind"]
    export = exports.start_export(attempt, exports.parse_options({"format": "png"}))
    cpu.work_once()
    export.refresh_from_db()
    assert export.status == "done"
    found = verify.verify_file(files.read_file(export.file), anchors=identity.anchors())
    assert (found.source, found.generated) == ("compositeWithTrainedAlgorithmicMedia", True)
    steps = [(step.name, step.engine) for step in found.made.done]
    assert ("Surroundings painted around it by words", "double") in steps
    assert steps[-1] == ("Product set into the picture", "Packshot")


def test_words_seed_and_style_count(photo, surrounder):
    first, other, seed = (
        preview(made(photo, **more)) for more in ({}, {"words": "a red sofa"}, {"seed": 90})
    )
    assert np.abs(first[:10, :10] - other[:10, :10]).max() > 10
    assert seed[:10, :10, 2].mean() == pytest.approx(90, abs=3)


def test_only_what_changes_is_painted_again(photo, surrounder):
    import surround_double

    surround_double.CALLS.clear()
    made(photo)
    made(photo, wrap=0.9, shaded=True, shadow="hard")
    assert len(surround_double.CALLS) == 1
    made(photo, x=0.3)
    assert len(surround_double.CALLS) == 2


def test_our_own_shadow_is_cast_on_request_only(photo, surrounder):
    plain, same = preview(made(photo, shadow="none")), preview(made(photo, shadow="hard"))
    assert np.abs(plain - same).max() == 0
    assert preview(made(photo, shadow="hard", shaded=True)).sum() < plain.sum()


def test_the_full_size_has_the_surroundings_that_were_shown(
    upload, as_file, surrounder, monkeypatch
):
    import surround_double

    monkeypatch.setattr(ops, "PROXY_PIXELS", 80 * 80)
    received = upload()
    ingest.ingest_photo(received.pk)
    received.refresh_from_db()
    surround_double.CALLS.clear()
    attempt = made(received, ratio="4:3")
    export = exports.start_export(attempt, exports.parse_options({"format": "png"}))
    cpu.work_once()
    export.refresh_from_db()
    assert export.status == "done"
    whole = encoding.decode_png(files.read_file(export.file))
    assert whole.shape[:2] == (120, 160)
    assert surround_double.CALLS == [(60, 80, 4)]
    corner = preview(attempt)[:5, :5].mean(axis=(0, 1))
    assert np.abs(whole[:10, :10, :3].mean(axis=(0, 1)) - corner).max() <= 4


def test_another_engine_can_be_chosen_and_is_named_in_the_recipe(photo, surrounder):
    attempt = lifecycle.start_attempt(photo, TOOL, BEACH, wanted={"surround": "second"})
    assert attempt.engines["surround"] == "second"
    command = recipes.describe_recipe(attempt, "https://here")["command"]
    assert "--engine second" in command
    assert "background=words" in command
    # For what asks for no such engine the choice means nothing.
    scene = lifecycle.start_attempt(photo, TOOL, {}, wanted={"surround": "second"})
    assert scene.engines == {"matte": "embedded"}


def test_another_tool_goes_on_from_it(photo, surrounder):
    attempt = made(photo)
    after = lifecycle.start_attempt(photo, "enhance-photo", {}, parent=attempt)
    cpu.work_once()
    after.refresh_from_db()
    assert after.status == "done"
    assert "surround:double" in lineage.begin_graph(photo, after.before).kinds()


def test_what_a_server_can_no_longer_do_stands_in_no_pages_way(
    client, photo, surrounder, monkeypatch
):
    intent = Intent.objects.create(slug="mug-beach", name="Beach", tool=TOOL)
    page = KeywordPage.objects.create(intent=intent, slug="mug-beach")
    words = {"title": "T", "h1": "Mugs on beaches", "lead": "L", "description": "D"}
    engine = {"surround": "second"}
    version = Version(page=page, preset=BEACH, engines=engine, reviewer="Ada", **words)
    version.author, version.publish_at = "Ada", timezone.now()
    version.full_clean()
    version.save()
    shown = client.get("/mug-beach/").content.decode()
    assert 'value="words" id="id_background_4" required checked' in shown
    assert "on a beach at dusk</textarea>" in shown
    attempt = made(photo)
    SHELF.clear()
    monkeypatch.setenv("PACKSHOT_ENGINES", "")
    engines.list_engines.cache_clear()
    shown = client.get("/mug-beach/").content.decode()
    assert "Mugs on beaches" in shown
    assert 'value="words"' not in shown
    assert 'value="scene" id="id_background_0" required checked' in shown
    assert str(registry.get_tool(TOOL).title(attempt.params)) == "on a beach at dusk"
