"""Language detection: told by a text's script, and by the small words that every text has."""

import re
import unicodedata
from collections import defaultdict
from functools import cache

# Words that hold a language together and are in few others.
SMALL_WORDS = {
    "en": "the and of to is in that it for with as on are this be by from or your you not at an",
    "de": "der die das und ist nicht ein eine zu mit den von auf für sich dem des im auch sie ihr"
    " wird oder wie aus bei einer als werden dein deine deines einem es ihre",
    "fr": "le la les et des est une un du dans pour que qui sur pas votre vous avec au ce par plus"
    " ou sont ne sans aux cette",
    "es": "el la los las de y en que es un una para con por su no se del lo más como sin al o tu"
    " está esta son",
    "pt": "o os as de e em que é um uma para com por seu sua não se do da no na mais como sem ao"
    " dos das você são",
    "id": "yang dan di untuk dengan dari ini itu tidak pada adalah anda ke atau dalam akan bisa"
    " tanpa juga saja sebuah",
    "it": "il la i gli le di e che è un una per con non del della si da sono più come senza tuo",
    "nl": "de het een en van is dat niet op te met voor zijn aan die uw je ook of bij naar worden",
}
SCRIPTS = {
    "ko": re.compile("[가-힣]"),
    "th": re.compile("[฀-๿]"),
    "ru": re.compile("[Ѐ-ӿ]"),
    "ar": re.compile("[؀-ۿ]"),
    "he": re.compile("[֐-׿]"),
    "hi": re.compile("[ऀ-ॿ]"),
    "el": re.compile("[Ͱ-Ͽ]"),
}
KANA = re.compile("[぀-ヿ]")
HAN = re.compile("[一-鿿]")
# The same words in the two ways of writing Chinese; what both share tells nothing.
SIMPLIFIED = "这个们来对时会说过还后与发图样无为边质动专处业东两严临丽举么义乌乐买卖产亲仅从仓价众优传伤伦体余侧保键开关应总给经结绝统继续维绿缓编缩网罗职联"
TRADITIONAL = "這個們來對時會說過還後與發圖樣無為邊質動專處業東兩嚴臨麗舉麼義烏樂買賣產親僅從倉價眾優傳傷倫體餘側鍵開關應總給經結絕統繼續維綠緩編縮網羅職聯"
ONLY_SIMPLIFIED = frozenset(SIMPLIFIED) - frozenset(TRADITIONAL)
ONLY_TRADITIONAL = frozenset(TRADITIONAL) - frozenset(SIMPLIFIED)
# A script is a text's own when this much of its letters is in it: brands stay in Latin letters.
MOST = 0.5
# Japanese without a kana among so many is Chinese.
KANA_SHARE = 0.1
# Fewer small words than these tell nothing, nor do nearly as many of a second language.
ENOUGH = 3
AHEAD = 1.5
LATIN = frozenset(SMALL_WORDS)


@cache
def owners() -> dict[str, list[str]]:
    """Which languages have a small word."""
    found: dict[str, list[str]] = {}
    for tongue, words in SMALL_WORDS.items():
        for word in words.split():
            found.setdefault(word, []).append(tongue)
    return found


def tell(text: str) -> str:
    """The language of a text ("zh-hans" and "zh-hant" apart); "" when it cannot be told."""
    letters = [letter for letter in text if unicodedata.category(letter)[0] == "L"]
    if not letters:
        return ""
    joined = "".join(letters)
    for tongue, script in SCRIPTS.items():
        if len(script.findall(joined)) / len(letters) >= MOST:
            return tongue
    kana, han = len(KANA.findall(joined)), len(HAN.findall(joined))
    if (kana + han) / len(letters) >= MOST:
        return "ja" if kana / (kana + han) >= KANA_SHARE else chinese(joined)
    return latin(text)


def chinese(text: str) -> str:
    simplified = sum(letter in ONLY_SIMPLIFIED for letter in text)
    traditional = sum(letter in ONLY_TRADITIONAL for letter in text)
    if simplified == traditional:
        return "zh"
    return "zh-hans" if simplified > traditional else "zh-hant"


def latin(text: str) -> str:
    """By small words: each counts for the languages that have it, less when many do."""
    scores: dict[str, float] = defaultdict(float)
    known = owners()
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        for tongue in known.get(word, ()):
            scores[tongue] += 1 / len(known[word])
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < ENOUGH:
        return ""
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= AHEAD * second else ""


def is_in_language(text: str, locale: str) -> bool:
    """Whether the text may be in the locale's language; what cannot be told may be.

    A text in another script than the locale's is not, however short it is.
    """
    wanted, told = locale.lower(), tell(text)
    if not told:
        return wanted.split("-")[0] in LATIN or not text.strip()
    if told == "zh" or wanted == "zh":
        return wanted.startswith("zh") and told.startswith("zh")
    if told.startswith("zh-"):
        return wanted == told
    return wanted.split("-")[0] == told
