from seo.desk.checks import title_width


def test_wide_letters_are_wider_than_narrow_ones():
    assert title_width.measure_width("WWWW", title_width.TITLE) > 3 * title_width.measure_width(
        "iiii", title_width.TITLE
    )


def test_a_chinese_letter_is_a_square_and_an_accent_takes_no_room():
    assert title_width.measure_width("去除背景", title_width.TITLE) == 4 * title_width.TITLE.size
    assert title_width.measure_width("é", title_width.TITLE) == title_width.measure_width(
        "e", title_width.TITLE
    )


def test_a_korean_syllable_is_one_square_whatever_it_is_made_of():
    assert title_width.measure_width("사진", title_width.TITLE) == 2 * title_width.TITLE.size


def test_arials_own_measures_are_met():
    # 12 letters of 556, 2 of 278 … as Arial's metrics have them, at 20 px.
    assert title_width.measure_width("Remove background", title_width.TITLE) == round(
        (722 + 556 + 833 + 556 + 500 + 556 + 278 + 556 + 556 + 500 + 500 + 556 + 333 + 556 + 556 + 556 + 556)
        * 20
        / 1000
    )  # fmt: skip
