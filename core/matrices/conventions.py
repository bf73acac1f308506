"""What commas, semicolons and ends of lines mean in a matrix: every convention that makes sense for a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from core.matrices.numbers import QUOTED_COMMA, WITH_DECIMAL_COMMA, WITH_THOUSANDS
from core.texts import Text

Commas = Literal["cells", "decimal", "thousands"]
Parts = Literal["rows", "cells"]

NOTES = {
    "decimal": Text("decimal commas"),
    "thousands": Text("commas part thousands"),
    "semicolons": Text("semicolons between numbers"),
    "spaces": Text("spaces between rows"),
    "lines": Text("one row on several lines"),
}
WORD = re.compile(r"[^\s;]+")
LOOSE = re.compile(r",(?:[\s;]|$)|(?:^|[\s;]),")


@dataclass(frozen=True, slots=True)
class Convention:
    """How the innermost texts of a matrix are cut into rows and cells, and what a comma inside a cell is.

    `doubted`: enough for a question beside another convention that fits, not for an answer.
    """

    commas: Commas = "cells"
    quoted: Commas = "decimal"
    semicolons: Parts = "rows"
    lines: Parts = "rows"
    spaces: Parts = "cells"
    tabs: bool = False
    doubted: bool = False

    def notes(self, commas: bool, quoted: bool) -> tuple[Text, ...]:
        """What a reader should be told; of commas only where there are some."""
        told: list[str] = [self.commas] if commas else []
        told += [self.quoted] if quoted and self.quoted not in told else []
        told += ["semicolons"] if self.semicolons == "cells" else []
        told += ["spaces"] if self.spaces == "rows" else []
        told += ["lines"] if self.lines == "cells" else []
        return tuple(NOTES[word] for word in told if word in NOTES)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The innermost texts of a matrix. `bare` has no brackets; in a `flat` one, rows stand between one pair of them;
    `celled`: nothing but tabs parts its cells."""

    texts: list[str]
    bare: bool = False
    flat: bool = False
    celled: bool = False

    def rows(self, semicolons: Parts) -> list[list[str]]:
        """Words as spaces part them, row by row."""
        ends = (r";" if self.nested else r"[;\n]") if semicolons == "rows" else r"\n"
        rows = [row for text in self.texts for row in re.split(ends, text)]
        return [words for row in rows if (words := WORD.findall(row))]

    @property
    def nested(self) -> bool:
        return not (self.bare or self.flat)

    @property
    def lines(self) -> list[str]:
        return [line for text in self.texts for line in text.split("\n") if line.strip()]


def sensible(sheet: Sheet) -> list[Convention]:
    """The conventions by which somebody may have written this, the likeliest first."""
    start = Convention(tabs=sheet.celled or any(map(is_tabbed, sheet.lines)))
    found = [
        replace(start, commas=commas, semicolons=semicolons, lines=lines, spaces=spaces)
        for semicolons in semicolon_meanings(sheet)
        for lines in line_meanings(sheet)
        for commas, spaces in comma_meanings(sheet, start.tabs, semicolons)
    ]
    mixed = [replace(one, commas="decimal", doubted=True) for one in found if may_be_mixed(sheet, one)]
    return [replace(one, quoted=quoted) for one in (*found, *mixed) for quoted in quoted_meanings(sheet)]


def is_tabbed(line: str) -> bool:
    """Tabs between numbers part cells; beside a comma, or before the first number, they are just spaces."""
    inner = line.replace(" ", "").strip()
    return "\t" in inner and ",\t" not in inner and "\t," not in inner


def semicolon_meanings(sheet: Sheet) -> list[Parts]:
    """Between rows as on a board, or between numbers as in the sheets of half of Europe."""
    if sheet.nested or sheet.celled:
        return ["rows"]
    lines = [line.strip().rstrip(";") for line in sheet.lines]
    if not any(";" in line for line in lines) or not all(map(holds_single_numbers, lines)):
        return ["rows"]
    if len(lines) == 1:
        return ["rows", "cells"] if sheet.bare else ["rows"]
    return ["cells"] if sheet.bare else ["rows", "cells"]


def holds_single_numbers(line: str) -> bool:
    """Whether each part between semicolons may be one number."""
    return all(part.count(",") <= 1 and len(part.split()) <= 1 for part in line.split(";"))


def line_meanings(sheet: Sheet) -> list[Parts]:
    """The end of a line ends a row, unless a comma before it says that the list goes on."""
    return ["rows", "cells"] if not sheet.nested and commas_end_lines(sheet.lines) else ["rows"]


def commas_end_lines(lines: list[str]) -> bool:
    return len(lines) > 1 and all(line.rstrip().endswith(",") for line in lines[:-1]) and lines[-1].strip()[-1] != ","


def comma_meanings(sheet: Sheet, tabs: bool, semicolons: Parts) -> list[tuple[Commas, Parts]]:
    rows = sheet.rows(semicolons)
    words = [word for row in rows for word in row]
    inside = [word.strip(",") for word in words if "," in word.strip(",")]
    if not inside:
        return [("cells", "cells")]
    special: list[tuple[Commas, Parts]] = [(commas, "cells") for commas in meanings_inside(words, inside)]
    if tabs or semicolons == "cells":
        return special or [("cells", "cells")]
    alone = all(len(row) == 1 for row in rows)
    loose = any(LOOSE.search(text) for text in sheet.texts)
    if alone and not sheet.bare:
        return [("cells", "cells")]
    pointed = any("." in word for word in inside)  # 1.250,5 is 1250.5 in half of Europe, two numbers elsewhere
    if not alone and not loose and not pointed and len(inside) == len(words) and ("decimal", "cells") in special:
        return special
    lost: list[tuple[Commas, Parts]] = [("cells", "rows")] if not alone and not loose and are_rows(words) else []
    return [*lost, ("cells", "cells"), *special]


def may_be_mixed(sheet: Sheet, convention: Convention) -> bool:
    """0,5 1.5 may be three numbers, or two in a row where somebody wrote one decimal with a comma, one with a point."""
    words = [word.strip(",") for row in sheet.rows(convention.semicolons) for word in row]
    inside = [word for word in words if "," in word]
    plain = convention.commas == convention.spaces == "cells"
    pointed = any("." in word and "," not in word for word in words)
    return plain and pointed and bool(inside) and all(map(WITH_DECIMAL_COMMA.fullmatch, inside))


def meanings_inside(words: list[str], inside: list[str]) -> list[Commas]:
    """What a comma inside a word may be besides the end of a cell."""
    found: list[Commas] = []
    others_are_plain = not any("." in word for word in words if "," not in word.strip(","))
    if others_are_plain and all(WITH_DECIMAL_COMMA.fullmatch(word) for word in inside):
        found.append("decimal")
    if all(WITH_THOUSANDS.fullmatch(word) for word in inside):
        found.append("thousands")
    return found


def are_rows(words: list[str]) -> bool:
    """Whether each word holds as many numbers, more than two: rows whose line ends were lost."""
    counts = {word.count(",") for word in words}
    return len(counts) == 1 and counts.pop() > 1


def quoted_meanings(sheet: Sheet) -> list[Commas]:
    words = [word.replace(QUOTED_COMMA, ",") for text in sheet.texts for word in re.split(r"[\s;,]+", text)
             if QUOTED_COMMA in word]  # fmt: skip
    if words and all(WITH_THOUSANDS.fullmatch(word) for word in words):
        return ["decimal", "thousands"] if all(WITH_DECIMAL_COMMA.fullmatch(word) for word in words) else ["thousands"]
    return ["decimal"]
