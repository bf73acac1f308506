"""Characters of keyboards, word processors and web pages that stand for one of ASCII."""

from __future__ import annotations

import re

from core.errors import SceneError

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width forms of ! to ~
DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0x207B], "-")
SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x0B, 0x0C], " ")
LINES = dict.fromkeys([0x85, 0x2028, 0x2029], "\n")
UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF], None)
BRACKETS = dict(zip(map(ord, "【】〔〕［］❲❳"), "[][][][]", strict=True))
QUOTES = dict.fromkeys(map(ord, "“”„«»"), '"') | dict.fromkeys(map(ord, "‘’‚"), "'")
OTHERS = {ord("、"): ",", ord("…"): "...", ord("⁄"): "/", ord("∕"): "/", ord("│"): "|", ord("┃"): "|", ord("─"): "-"}
TALL_BRACKETS = dict.fromkeys([*range(0x239B, 0x23A7)], " ")  # the pieces that tall brackets are drawn with
TABLE = WIDE | DASHES | SPACES | LINES | UNSEEN | BRACKETS | QUOTES | OTHERS | TALL_BRACKETS

VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅙": "1/6", "⅐": "1/7",
          "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒": "1/10"}  # fmt: skip
FRACTION = re.compile(rf"(?<![0-9])([{''.join(VULGAR)}])(?![0-9])")
THOUSANDS = re.compile("[0-9][\u00a0\u2009\u202f]([0-9]{3})(?![0-9])")


def plain(text: str) -> str:
    """The text with the dashes, brackets, commas, digits and spaces of ASCII.

    >>> plain("［１，−２］\\u200b")
    '[1,-2]'
    """
    if text.isascii():
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return FRACTION.sub(lambda found: VULGAR[found[1]], text.translate(TABLE)).replace("\r\n", "\n").replace("\r", "\n")


def check_spaces(field: str, text: str) -> None:
    """A space that does not break may part thousands, or cells."""
    found = THOUSANDS.search(text)
    if found:
        rule = "may be one number or two: write it without a space inside, or part two numbers with a plain space"
        raise SceneError(field, found[0], rule)
