"""Reads a matrix from text: tries every convention that makes sense, and takes it if it is the only one that fits."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Any

from core.errors import LONGEST_VALUE, SceneError
from core.matrices.brackets import BESIDE, OPENING, Node, leaves, tree
from core.matrices.characters import check_spaces, plain
from core.matrices.conventions import Commas, Convention, Parts, Sheet, commas_end_lines, sensible
from core.matrices.nested import bounded, build
from core.matrices.notations import Stripped, stripped, without_quotes
from core.matrices.numbers import (
    INTEGER,
    LONGEST_NUMBER,
    MOST_WEIGHTS,
    NUMBER,
    QUOTED_COMMA,
    TOO_LONG,
    Place,
    empty_cell,
    not_finite,
    number_of,
    with_point,
)
from core.matrices.reading import Reading, SeveralReadings

BEGINS_AS_MATRIX = re.compile(r"\s*[-+.0-9\u2212]|.*?[\[({\\]", re.DOTALL)
ON_A_BOARD = re.compile(r"\[([-+.0-9eE/ ]+(?:;[-+.0-9eE/ ]+)*)\]")
LONGEST_TEXT = 1_048_576
LONGEST_PLAIN = 15  # as many digits are below the largest number
SEPARATORS = ",;\t\n|&"
PART = re.compile(r"[^\s,;\[\](){}|&]+")
PLAIN_GAP = re.compile(r"\s*,\s*|\s+")
COMMA_GAP = re.compile(r"\s*,\s+|\s+,\s*|\s+")
GOES_ON = re.compile(r"\.\.\.[^\S\n]*\n")
LEFT_OUT = "stands for numbers that are left out: write them all"
BLOCKS = "an empty line between rows may part channels: leave it out, or write channels as nested lists"


def read(text: str, field: str = "matrix", commas: Commas | None = None, semicolons: Parts | None = None) -> Reading:
    """The matrix that a text spells, in any of the notations of docs/scene-language.md.

    `commas` and `semicolons` say what they mean where the text may be read in more than one way.

    Refuses  whatever is ambiguous (SeveralReadings), empty, uneven or no number (SceneError), with its place

    >>> read("1\\t0\\t\u22121\\n2\\t0\\t\u22122").values
    ((1, 0, -1), (2, 0, -2))
    """
    simple = checked(field, text)
    on_a_board = None if "..." in simple else ON_A_BOARD.fullmatch(simple)
    if on_a_board:
        cells = [row.split() or [""] for row in on_a_board[1].split(";")]
        return Reading(build(field, cells, lambda cell, place: cell_number(field, text, cell, place, Convention())))
    surroundings = stripped(field, simple)
    root = tree(field, surroundings.text) if surroundings.text.strip()[:1] in set(OPENING) else None
    if root is None:
        check_bare(field, surroundings)
    sheet = sheet_of(root, surroundings)
    if any("..." in inside for inside in sheet.texts):
        raise SceneError(field, "...", LEFT_OUT)
    conventions = [one for one in sensible(sheet) if semicolons in (None, one.semicolons)] or sensible(sheet)
    if commas:
        conventions = [replace(one, doubted=False) for one in conventions if one.commas == commas] or [
            replace(one, commas=commas, quoted=commas) for one in conventions
        ]
    return only(field, text, [(root, sheet, convention, surroundings) for convention in conventions])


def is_written(text: str) -> bool:
    """Whether a word is meant to be numbers, not the name of something.

    >>> is_written("[1 2]"), is_written("1;2"), is_written("sobel-x")
    (True, True, False)
    """
    return BEGINS_AS_MATRIX.match(text) is not None


def checked(field: str, text: object) -> str:
    """Text in plain characters, within what one matrix may need."""
    if not isinstance(text, str):
        raise SceneError(field, text, "must be text")
    if len(text) > LONGEST_TEXT:
        raise SceneError(field, text[:LONGEST_VALUE], "is longer than {most} characters", most=LONGEST_TEXT)
    check_spaces(field, text)
    simple = plain(text)
    if not simple.strip():
        raise SceneError(field, text, "must not be empty")
    if len(simple) > MOST_WEIGHTS and holds_too_much(simple):
        raise SceneError(field, text[:LONGEST_VALUE], "holds more than {most} numbers", most=MOST_WEIGHTS)
    return simple


def holds_too_much(text: str) -> bool:
    """Told without building anything: a number has one comma inside at most, or a few where they part thousands."""
    if sum(map(text.count, SEPARATORS)) > 4 * MOST_WEIGHTS:
        return True
    return sum(1 for _ in islice(PART.finditer(text), 2 * MOST_WEIGHTS + 1)) > 2 * MOST_WEIGHTS


def check_bare(field: str, surroundings: Stripped) -> None:
    """Text without a bracket at its start has none further in, and no empty line between blocks of rows."""
    text = surroundings.text.strip()
    bracket = next((place for place, sign in enumerate(text) if sign in OPENING), None)
    if bracket:
        raise SceneError(field, text[:bracket].strip(), BESIDE)
    blocks = [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    if not surroundings.celled and len(blocks) > 1 and any("\n" in block.strip() for block in blocks):
        raise SceneError(field, text, BLOCKS)


def sheet_of(root: Node | None, surroundings: Stripped) -> Sheet:
    if root is None:
        return Sheet([surroundings.text], bare=True, celled=surroundings.celled)
    texts = [inner(text) for text in leaves(root)]
    if not root.is_leaf:
        return Sheet(texts)
    flows = surroundings.called or root.opening != "["
    if flows and commas_end_lines([line for line in texts[0].split("\n") if line.strip()]):
        texts = [texts[0].replace("\n", " ")]
    return Sheet(texts, flat=True)


def inner(text: str) -> str:
    """The inside of a bracket without the comma that Python allows at its end, and without MATLAB's line breaks."""
    text = text.strip().removesuffix(",")
    return "".join(continued(text)) if "..." in text else text


def continued(text: str) -> list[str]:
    """MATLAB goes on after ...; NumPy leaves out numbers there, after three and before three."""
    parts = GOES_ON.split(text)
    counts = [len(PART.findall(part)) for part in parts]
    if ";" not in text and counts == [3, 3] and not parts[0].rstrip().endswith(","):
        return [text]
    return [" ".join(parts)]


Trial = tuple[Node | None, Sheet, Convention, Stripped]


def only(field: str, text: str, trials: list[Trial]) -> Reading:
    """The one reading that fits, or the refusal of the likeliest."""
    readings: dict[str, Reading] = {}
    refusals: list[SceneError] = []
    certain = False
    for trial in trials:
        try:
            found = tried(field, text, *trial)
        except SceneError as refusal:
            refusals.append(refusal)
        else:
            readings.setdefault(repr(found.values), found)
            certain = certain or not trial[2].doubted
    if not certain:
        raise refusals[0]
    if len(readings) > 1:
        raise SeveralReadings(field, text, tuple(readings.values()))
    return next(iter(readings.values()))


def tried(
    field: str, text: str, root: Node | None, sheet: Sheet, convention: Convention, surroundings: Stripped
) -> Reading:
    count = 0

    def rows_of(inside: str) -> list[list[str]]:
        nonlocal count
        rows = cut(inside, sheet, convention)
        count += sum(map(len, rows))
        if count > MOST_WEIGHTS:
            raise SceneError(field, text[:LONGEST_VALUE], "holds more than {most} numbers", most=MOST_WEIGHTS)
        return rows

    cells = nested_cells(root, iter(sheet.texts), rows_of)
    values = build(field, cells, lambda cell, place: cell_number(field, text, cell, place, convention))
    has_commas = any("," in inside for inside in sheet.texts)
    notes = convention.notes(has_commas, any(QUOTED_COMMA in inside for inside in sheet.texts))
    return Reading(values, (*surroundings.notes, *notes))


def nested_cells(node: Node | None, texts: Any, rows_of: Any) -> list[Any]:
    """Lists of cells as the brackets nest; one pair of square brackets holds rows."""
    if node is None:
        return list(rows_of(next(texts)))
    if node.is_leaf:
        rows = rows_of(next(texts))
        return list(rows if len(rows) > 1 or (node.is_root and node.opening != "(") else rows[0])
    return [nested_cells(child, texts, rows_of) for child in node.children]


def cut(text: str, sheet: Sheet, convention: Convention) -> list[list[str]]:
    """The cells of each row."""
    rows: list[list[str]] = []
    for line in lines_of(text, sheet, convention):
        for part in parts_of(line, sheet, convention):
            if convention.spaces == "rows":
                rows += [word.split(",") for word in part.split()]
            else:
                rows.append(cells_of(part, convention))
    return rows or [[""]]


def lines_of(text: str, sheet: Sheet, convention: Convention) -> list[str]:
    if convention.lines == "cells" or sheet.nested:
        return [text.replace("\n", " ")]
    if sheet.celled:
        return text.split("\n")
    lines = [line for line in text.split("\n") if line.strip()]
    if commas_end_lines(lines):
        return [*(line.rstrip().removesuffix(",") for line in lines[:-1]), lines[-1]]
    return lines


def parts_of(line: str, sheet: Sheet, convention: Convention) -> list[str]:
    """A line at its semicolons, where they part rows."""
    if convention.semicolons == "cells" or sheet.celled or ";" not in line:
        return [line if sheet.bare else line.strip()]
    parts = line.split(";")
    if not parts[-1].strip():
        parts.pop()
    return [part.strip() for part in parts]


def cells_of(row: str, convention: Convention) -> list[str]:
    if convention.tabs:
        return [cell.strip() for cell in row.strip(" ").split("\t")]
    if convention.semicolons == "cells":
        return [cell.strip() for cell in row.strip().split(";")]
    return (PLAIN_GAP if convention.commas == "cells" else COMMA_GAP).split(row.strip())


def cell_number(field: str, text: str, cell: str, place: Place, convention: Convention) -> int | float:
    if len(cell) <= LONGEST_PLAIN and INTEGER.fullmatch(cell):
        return int(cell)
    if not cell:
        raise empty_cell(field, text, place)
    word = with_point(cell, convention.commas, convention.quoted)
    if len(word) > LONGEST_NUMBER and NUMBER.fullmatch(word):
        raise SceneError(field, word, TOO_LONG)
    value = number_of(word)
    if value is None:
        raise not_finite(field, cell.replace(QUOTED_COMMA, ","), place)
    return bounded(field, value, place)


def read_cell(text: str, field: str = "matrix") -> Reading:
    """One number as somebody types it into a cell; here a comma parts nothing, so it is decimal.

    >>> read_cell("-0,5").values
    ((-0.5,),)
    """
    word = without_quotes(checked(field, text)).strip().replace(QUOTED_COMMA, ",")
    readings: dict[str, Reading] = {}
    for commas in ("decimal", "thousands"):
        value = number_of(with_point(word, commas, commas))
        if value is not None and len(word) <= LONGEST_NUMBER:
            notes = Convention(commas=commas).notes("," in word, False)
            readings.setdefault(repr(value), Reading(((bounded(field, value, (0, 0)),),), notes))
    if len(readings) > 1:
        raise SeveralReadings(field, text, tuple(readings.values()))
    if not readings:
        raise SceneError(field, text, "must be a finite number, such as 2 or -0.5")
    return next(iter(readings.values()))
