"""How a language fits words to a fact: which plural, which Korean particle. static/words/grammar.js is its twin."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from core.texts import Choose, singular_or_plural

ENGLISH = "en"
CATEGORIES = ("zero", "one", "two", "few", "many", "other")

# How the last sound of what is read aloud ends: open, with a consonant, or with ㄹ, after which 으로 is 로 as well.
OPEN, CLOSED, LIQUID = "open", "closed", "liquid"
DIGITS = (CLOSED, LIQUID, OPEN, CLOSED, OPEN, OPEN, CLOSED, LIQUID, LIQUID, OPEN)  # 영 일 이 삼 사 오 육 칠 팔 구
LETTERS = {"l": LIQUID, "r": LIQUID, "m": CLOSED, "n": CLOSED}  # 엘 알 엠 엔; all others are open
SIGNS = {"°": OPEN, "%": OPEN, "∞": OPEN, "²": LIQUID, "³": LIQUID}
FIRST, LAST, FINALS, FINAL_L = 0xAC00, 0xD7A3, 28, 8

WORD = re.compile(r"[A-Za-z]+$")
NUMBER = re.compile(r"\d[\d,]*(\.\d+)?$")
GLOSS = re.compile(r"\([^()]*\)$")
SILENT, SILENT_L = re.compile(r"[aeiou][mn]e$"), re.compile(r"[aeiou]le$")  # same 세임, scale 스케일
SHORT_VOWEL = re.compile(r"(?:^|[^aeiou])[aeiou][bckpt]$")


def rule_of(language: str) -> Choose:
    """What chooses between the forms of {fact|form/form} in that language."""
    return particle if language == "ko" else plural(language)


@cache
def plural(language: str) -> Choose:
    """The forms stand in the order of CLDR's categories; a language that it does not know counts as English does."""
    if language == ENGLISH:
        return singular_or_plural
    from babel import Locale, UnknownLocaleError  # which nobody needs who speaks the languages that come along

    try:
        form = Locale.parse(language).plural_form
    except (UnknownLocaleError, ValueError):
        return singular_or_plural
    known = [category for category in CATEGORIES if category in {*form.tags, "other"}]

    def chosen(fact: str, forms: list[str]) -> str:
        try:
            place = known.index(form(abs(Decimal(fact.replace(",", "").replace("−", "-")))))
        except InvalidOperation:
            place = len(forms)
        return forms[min(place, len(forms) - 1)]

    return chosen


def particle(fact: str, forms: list[str]) -> str:
    """The first form after a consonant, the second after a vowel: 이/가, 을/를, 은/는, 과/와, 으로/로, 이어야/여야.

    >>> [fact + particle(fact, ["으로", "로"]) for fact in ("커널", "3", "패딩", "입력(input)")]
    ['커널로', '3으로', '패딩으로', '입력(input)으로']
    """
    sound = ending(fact)
    without = sound == OPEN or (sound == LIQUID and forms[0].startswith("으"))
    return forms[-1 if without else 0]


def ending(fact: str) -> str:
    """How the last sound of a fact ends; what stands in brackets after a word is not read."""
    text = fact.rstrip(" \"'”’»]}…")
    while gloss := GLOSS.search(text):
        text = text[: gloss.start()].rstrip() or text[1:-1]
    text = text.rstrip(" \"'”’»]})…")
    last = text[-1:]
    if FIRST <= ord(last or " ") <= LAST:
        final = (ord(last) - FIRST) % FINALS
        return OPEN if final == 0 else LIQUID if final == FINAL_L else CLOSED
    if number := NUMBER.search(text):
        return number_ending(number[0], fraction=bool(number[1]))
    if word := WORD.search(text):
        return word_ending(word[0], alone=not text[: word.start()].endswith(("-", "_")) and len(word[0]) > 1)
    return SIGNS.get(last, OPEN)


def number_ending(text: str, fraction: bool) -> str:
    """십, 백, 천, 만 and 억 end with a consonant, 조 does not; after a point digits are read one by one."""
    digits = text.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if fraction or zeros in (0, len(digits)):
        return DIGITS[int(digits[-1])]
    return OPEN if 12 <= zeros < 16 else CLOSED


def word_ending(word: str, alone: bool) -> str:
    """Capitals and single letters are spelt, a word is read as Korean writes it: cat 캣, kernel 커널, stride 스트라이드."""
    low = word.lower()
    if not alone or word.isupper():
        return LETTERS.get(low[-1], OPEN)
    if low.endswith("ng") or SHORT_VOWEL.search(low) or low[-1] in "mn" or SILENT.search(low):
        return CLOSED
    return LIQUID if low[-1] == "l" or SILENT_L.search(low) else OPEN
