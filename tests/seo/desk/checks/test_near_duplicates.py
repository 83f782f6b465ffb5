from seo.desk.checks import near_duplicates

TEXT = "Drop in a photo of your product and have its background taken away at full size"


def test_a_text_is_its_own_twin_and_strangers_are_not():
    other = "Laces are thin and soles are dark so look at them closely before anything else"
    assert (
        near_duplicates.share(
            near_duplicates.runs(TEXT, "en"), near_duplicates.runs(TEXT.upper() + "!", "en")
        )
        == 1
    )
    assert (
        near_duplicates.share(near_duplicates.runs(TEXT, "en"), near_duplicates.runs(other, "en"))
        == 0
    )


def test_a_page_that_stands_inside_a_longer_one_is_its_twin():
    longer = f"Something else before it, at length. {TEXT}. And something else after it."
    assert (
        near_duplicates.share(near_duplicates.runs(TEXT, "en"), near_duplicates.runs(longer, "en"))
        == 1
    )


def test_languages_without_spaces_are_read_by_character():
    one, other = "一键去除商品照片背景", "一键去除商品图片的背景"
    assert (
        0.2
        < near_duplicates.share(
            near_duplicates.runs(one, "zh-hans"), near_duplicates.runs(other, "zh-hans")
        )
        < 0.9
    )
    assert len(near_duplicates.runs(one, "zh-hans")) == len(one) - 3


def test_the_index_finds_the_nearest_and_leaves_out_whom_it_is_told_to():
    index = near_duplicates.Index(
        {key: near_duplicates.runs(text, "en") for key, text in enumerate(["x y z a b", TEXT])}
    )
    asked = near_duplicates.runs(f"{TEXT} in a second", "en")
    key, share = index.nearest(asked)
    assert key == 1
    assert share > 0.7
    assert index.nearest(asked, but=[1]) is None
    index.remove(1, near_duplicates.runs(TEXT, "en"))
    assert index.nearest(asked) is None


def test_nothing_is_nobodys_twin():
    assert (
        near_duplicates.share(near_duplicates.runs("", "en"), near_duplicates.runs(TEXT, "en")) == 0
    )
