from tools.web import event_stream


def test_whoever_did_nothing_has_no_stream(client, db):
    assert client.get("/events/").status_code == 204


def test_a_stream_is_neither_kept_nor_held_back(browser, photo):
    answer = browser.get("/events/")
    assert answer["Content-Type"] == "text/event-stream"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Accel-Buffering"] == "no"
    assert answer["Content-Encoding"] == "identity"


def test_each_photo_and_attempt_is_told_alone_and_by_its_kind():
    attempts = [{"id": "a", "share": 1}]
    found = event_stream.by_name([{"id": "p", "name": "mug.png", "attempts": attempts}])
    assert found == {
        ("photo", "p"): {"id": "p", "name": "mug.png"},
        ("attempt", "a"): attempts[0],
    }
    assert event_stream.event("gone", {"id": "a"}) == 'event: gone\ndata: {"id": "a"}\n\n'
