"""The caption at a figure's foot: one line, or several where it is long."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, normalize

from app.render.shapes import Words
from app.render.truetype import KOREAN, truetype
from core.errors import SceneError

HEIGHT, MORE = 26, 18  # of the first line, and of each that follows
USUAL, LEAST = 13.0, 11.0  # of its letters: somewhat smaller ones rather than a second line
EDGES = 36  # left and right together
WIDE, PLAIN = 1.0, 0.56  # of Korean and other letters, as a share of their size


def plain(text: str) -> str:
    """A text of whole letters, without signs that are not seen; other systems write é or 한 in parts.

    >>> plain("cafe\u0301 \u1112\u1161\u11ab\u200b")
    'café 한'
    """
    return "".join(letter for letter in normalize("NFC", text) if category(letter) != "Cf")


def check_letters(text: str) -> None:
    """Refuses letters that the fonts of pictures lack (SceneError): they would be left out without a word."""
    for letter in text:
        font = truetype("korean" if KOREAN.match(letter) else "sans")
        if not letter.isspace() and not font.glyph(letter):
            rule = "the fonts of a picture have no {letter}: svg and html show it in those of the reader"
            raise SceneError("caption", text, rule, letter=letter)


def width_of(text: str) -> float:
    """About how wide a text is, as a multiple of its size."""
    return sum(WIDE if ord(letter) >= 0x1100 else PLAIN for letter in text)


def lines_within(text: str, room: float) -> list[str]:
    """A text in lines no wider than so many multiples of its size: broken at spaces, and inside words that are wider.

    >>> lines_within("a kernel walks", 5), lines_within("abcdefgh", 3)
    (['a kernel', 'walks'], ['abcde', 'fgh'])
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and width_of(f"{lines[-1]} {word}") > room:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
        while width_of(lines[-1]) > room and len(lines[-1]) > 1:
            fits = next(
                count for count in range(len(lines[-1]), 0, -1) if count == 1 or width_of(lines[-1][:count]) <= room
            )
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return lines


def lines_of_caption(text: str, wide: float) -> tuple[list[str], float]:
    """Its lines in a figure that is so wide, and how large their letters are."""
    size = min(USUAL, (wide - EDGES) / max(1.0, width_of(text)))
    return ([text], size) if size >= LEAST else (lines_within(text, (wide - EDGES) / USUAL), USUAL)


def caption_height(text: str, wide: float) -> int:
    """
    >>> [caption_height(text, 700) for text in ("", "a line", "a line " * 20)]
    [0, 26, 44]
    """
    return HEIGHT + MORE * (len(lines_of_caption(text, wide)[0]) - 1) if text else 0


def captioned(text: str, colour: str, size: tuple[int, int]) -> Iterator[Words]:
    """At the foot of paper of a size."""
    lines, letters = lines_of_caption(text, size[0])
    for above, line in enumerate(reversed(lines)):
        yield Words(size[0] / 2, size[1] - 10 - MORE * above, ((line, colour),), letters, "sans", "middle")
