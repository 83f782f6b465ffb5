from seo.desk import widths


def test_wide_letters_are_wider_than_narrow_ones():
    assert widths.pixels("WWWW", widths.TITLE) > 3 * widths.pixels("iiii", widths.TITLE)


def test_a_chinese_letter_is_a_square_and_an_accent_takes_no_room():
    assert widths.pixels("去除背景", widths.TITLE) == 4 * widths.TITLE.size
    assert widths.pixels("é", widths.TITLE) == widths.pixels("e", widths.TITLE)


def test_a_korean_syllable_is_one_square_whatever_it_is_made_of():
    assert widths.pixels("사진", widths.TITLE) == 2 * widths.TITLE.size


def test_arials_own_measures_are_met():
    # 12 letters of 556, 2 of 278 … as Arial's metrics have them, at 20 px.
    assert widths.pixels("Remove background", widths.TITLE) == round(
        (722 + 556 + 833 + 556 + 500 + 556 + 278 + 556 + 556 + 500 + 500 + 556 + 333 + 556 + 556 + 556 + 556)
        * 20
        / 1000
    )  # fmt: skip
