from foundation.one_by_one import try_each


def test_what_fails_is_logged_and_the_rest_goes_on(caplog):
    assert try_each(lambda many: 10 // many, [5, 0, 2]) == [2, 5]
    assert "failed for 0" in caplog.text
