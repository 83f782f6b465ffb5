import pytest

from seo.desk.checks import language

TEXTS = {
    "en": "Drop in the photo of your product and have it cut out. The edges stay as soft as they are.",
    "de": "Lade das Foto deines Produkts hoch und lass es mit einem Klick freistellen. Die Kanten sind weich.",
    "fr": "Déposez la photo de votre produit et le fond est retiré. Les bords restent doux sur la photo.",
    "es": "Sube la foto de tu producto y quita el fondo con un clic. Los bordes se ven como en la foto.",
    "pt-br": "Envie a foto do seu produto e o fundo é removido com um clique. As bordas não são cortadas.",
    "id": "Unggah foto produk Anda dan latar belakang akan dihapus. Tepi yang lembut tidak ini dengan itu.",
    "zh-hans": "上传商品照片,一键去除背景。边缘保持柔和,这张图无需注册。",
    "zh-hant": "上傳商品照片,一鍵去除背景。邊緣保持柔和,這張圖無需註冊。",
    "ja": "商品写真をアップロードすると、背景が消えます。登録はいりません。",
    "ko": "상품 사진을 올리면 배경이 지워집니다. 가입은 필요 없습니다.",
}  # fmt: skip


@pytest.mark.parametrize("locale", TEXTS)
def test_every_language_of_the_site_is_told_from_the_others(locale):
    assert language.is_in_language(TEXTS[locale], locale)
    for other in set(TEXTS) - {locale}:
        assert not language.is_in_language(TEXTS[other], locale), other


def test_a_short_title_in_latin_letters_may_be_in_any_latin_language():
    assert language.is_in_language("Packshot Studio", "de")
    assert not language.is_in_language("Packshot Studio", "ja")


def test_a_brand_among_other_letters_does_no_harm():
    assert language.is_in_language("Packshot:一键去除这张商品照片的背景", "zh-hans")


def test_nothing_is_in_every_language():
    assert language.is_in_language("", "ja")
    assert language.is_in_language("123 – 456", "en")
