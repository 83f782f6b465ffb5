from tools.benchmarks import second_attempt


def test_the_second_attempt_computes_less_than_the_first(settings, tmp_path, monkeypatch):
    settings.STEPS_DIR = tmp_path
    monkeypatch.setattr(second_attempt, "SIZES", ("preview",))
    monkeypatch.setattr(second_attempt, "SCENES", ("studio-warm", "marble-light"))
    (row,) = second_attempt.measure(megapixels=0.05)
    assert (row["size"], row["megapixels"]) == ("preview", 0.05)
    assert 0 < row["again"] < row["first"]
    assert row["share"] == row["again"] / row["first"]


def test_a_photo_of_ours_is_brought_to_the_size_that_is_asked_for():
    pixels = second_attempt.large(0.1)
    assert abs(pixels.shape[0] * pixels.shape[1] - 100_000) < 2000
