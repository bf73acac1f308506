"""LaTeX's matrices as rows of cells: & is a tab, \\\\ the end of a line."""

from __future__ import annotations

import re

from core.errors import SceneError
from core.matrices.brackets import BESIDE
from core.matrices.numbers import QUOTED_COMMA

KINDS = r"[bpvVB]?(?:small)?matrix\*?|array"
BEGIN = re.compile(rf"\\begin\s*\{{({KINDS})\}}\s*(?:\[[a-z]\])?\s*(?:\{{[lcr|@{{}} ]*\}})?")
END = re.compile(rf"\\end\s*\{{({KINDS})\}}")
PLAIN_BEGIN = re.compile(r"\\[bpv]?matrix\s*\{")
AROUND = re.compile(r"\\left\b\\?.|\\right\b\\?.|\\[\[\]()]|\\[bB]ig+[lr]?\\?.|\$|\\displaystyle|[\[\](){}|.,;\s]")
NOT_SHOWN = re.compile(r"\\[hv]?phantom\s*\{[^{}]*\}|\\[hc]line(?:\{[0-9-]*\})?|\\(?:top|mid|bottom)rule")
GAPS = re.compile(r"\\(?:[,;:! ]|quad\b|qquad\b|enspace\b|thinspace\b)|~")
FRACTIONS = re.compile(r"\\[dt]?frac\s*(?:\{\s*([+-]?[0-9]+)\s*\}\s*\{\s*([0-9]+)\s*\}|([0-9])\s*([0-9]))")
ROW_ENDS = re.compile(r"\\\\\*?(?:\s*\[-?[0-9.]+\s*(?:pt|em|ex|mm|cm|in)\])?|\\cr\b|\\tabularnewline\b")


def looks_like_latex(text: str) -> bool:
    return "\\begin" in text or PLAIN_BEGIN.search(text) is not None


def unlatexed(field: str, text: str) -> str:
    """The rows of a matrix environment as lines of cells parted by tabs.

    >>> unlatexed("kernel", r"\\begin{bmatrix} 1 & -2 \\\\ 3 & 4 \\end{bmatrix}")
    '1\\t-2\\n3\\t4'
    """
    start, stop, end = span(field, text)
    around = AROUND.sub("", text[:start]) + AROUND.sub("", text[end:])
    if around:
        raise SceneError(field, around, BESIDE)
    return "\n".join("\t".join(map(str.strip, row.split("&"))) for row in rows_of(text[stop[0] : stop[1]]))


def span(field: str, text: str) -> tuple[int, tuple[int, int], int]:
    """Where the matrix begins, where its body lies, where it ends."""
    begin = BEGIN.search(text)
    if begin:
        ends = list(END.finditer(text, begin.end()))
        if len(ends) == 1 and ends[0][1] == begin[1]:
            return begin.start(), (begin.end(), ends[0].start()), ends[0].end()
    plain = None if begin else PLAIN_BEGIN.search(text)
    end = text.rfind("}")
    if plain and end >= plain.end():
        return plain.start(), (plain.end(), end), end + 1
    raise SceneError(field, text, "must hold one whole matrix, from its \\begin to its \\end")


def rows_of(body: str) -> list[str]:
    body = NOT_SHOWN.sub(" ", body)
    rows = ROW_ENDS.split(FRACTIONS.sub(fraction, body))
    if len(rows) > 1 and not rows[-1].strip():
        rows.pop()
    return [plain_cells(row) for row in rows]


def plain_cells(row: str) -> str:
    row = GAPS.sub(" ", row.replace("{,}", QUOTED_COMMA))
    return re.sub(r"[{}\n]", " ", row)


def fraction(found: re.Match[str]) -> str:
    above, below = (found[1], found[2]) if found[1] else (found[3], found[4])
    return f"{above}/{below}"
