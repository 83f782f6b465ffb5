from django.apps import apps

from billing.accounts.closing import closes
from tools.pipeline.weights import places


def test_photos_go_when_somebody_wants_to_be_forgotten():
    assert "tools.photos.account_closing" in {receiver[0][0] for receiver in closes.receivers}


def test_weights_lie_where_the_operator_says(settings, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        places, "configure_weights", lambda *given, **more: asked.append((given, more))
    )
    settings.MODELS_DIR, settings.MODELS_LICENSED = tmp_path, {"flux"}
    apps.get_app_config("tools").ready()
    assert asked == [((tmp_path,), {"licensed": {"flux"}})]
