"""What surrounds the numbers in programs, tables and formulas, taken off: array(...), K = ..., bars, LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import SceneError
from core.matrices.latex import looks_like_latex, unlatexed
from core.matrices.numbers import NUMBER, QUOTED_COMMA
from core.texts import Text

CALLS = "array|Array|asarray|matrix|Matrix|mat|tensor|Tensor|FloatTensor|constant|as_tensor"
ASSIGNMENT = re.compile(
    r"\s*(?:(?:const|let|var|static|int|float|double|unsigned|char|uint8_t|int8_t|auto)\s+)*"
    r"[A-Za-z_][A-Za-z0-9_]{0,40}(?:\[[0-9]*\]){0,4}\s*:?=\s*(?!=)"
)
PARAMETER = re.compile(r"\s*Parameter containing:\s*")
TENSORFLOW = re.compile(r"\s*<tf\.[A-Za-z]+:? [^<>]{0,300}?numpy=(.*)>\s*", re.DOTALL)
CALL = re.compile(rf"(?:[A-Za-z_][A-Za-z0-9_]*\.)*(?:{CALLS})\s*\((.*)\)", re.DOTALL)
NAME = r"[A-Za-z_'\"<][\w.:'\"<>]*"
KEY = "dtype|device|requires_grad|grad_fn|shape|size|copy|order|layout|name"
OPTION = rf"\s*,\s*(?:{NAME}|(?:{KEY})\s*=\s*(?:{NAME}|\([0-9, ]*\)|\[[0-9, ]*\]))"
OPTIONS = re.compile(rf"(?:{OPTION})*\s*,?\s*")
LONGEST_TAIL = 300
QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")

RULES = frozenset("|+:=- \t")
HEADER = Text("header left out")


@dataclass(frozen=True, slots=True)
class Stripped:
    """What is left of a text: `celled` says that tabs part its cells and nothing else does; `called` that it was the
    argument of array(...) and its like, where the end of a line means nothing."""

    text: str
    celled: bool = False
    called: bool = False
    notes: tuple[Text, ...] = ()


def stripped(field: str, text: str) -> Stripped:
    """The brackets or rows of numbers in a text."""
    text = without_assignment(text)
    if looks_like_latex(text):
        return Stripped(unlatexed(field, text), celled=True)
    called = called_with(field, text)
    if called is not None:
        return Stripped(without_quotes(called), called=True)
    text = without_quotes(text)
    return table(text) if has_bars(text) else Stripped(text)


def without_assignment(text: str) -> str:
    """K = ..., float K[3][3] = ..., and what TensorFlow and PyTorch print around an array."""
    found = ASSIGNMENT.match(text) or PARAMETER.match(text)
    text = text[found.end() :] if found else text
    held = TENSORFLOW.fullmatch(text)
    text = held[1] if held else text
    ending = text.rstrip()
    return ending[:-1] if ending.endswith((")" + ";", "]" + ";", "}" + ";")) else text


def called_with(field: str, text: str) -> str | None:
    """The array inside array(...), tensor(...) and their like, if the text is such a call."""
    found = CALL.fullmatch(text.strip())
    if not found:
        return None
    inside = found[1].strip()
    if inside[:1] in ("'", '"') and inside[0] == inside[-1]:
        return f"[{inside[1:-1]}]"
    end = closing(inside)
    tail = inside[end:]
    if len(tail) > LONGEST_TAIL or not OPTIONS.fullmatch(tail):
        raise SceneError(field, tail, "has something after its closing bracket")
    return inside[:end] if inside[:1] in ("[", "(", "{") else f"[{inside}]"


def closing(text: str) -> int:
    """Where the first bracket of a text is closed; the end where it never is."""
    depth = 0
    for found in re.finditer(r"[\[\](){}]", text):
        depth += 1 if found[0] in "[({" else -1
        if depth <= 0:
            return found.end()
    return len(text)


def without_quotes(text: str) -> str:
    """Cells without the quotes that CSV puts around them; a comma inside quotes parts no cells."""
    return QUOTED.sub(unquoted, text) if '"' in text or "'" in text else text


def unquoted(found: re.Match[str]) -> str:
    """With a space behind, so that a comma after the quotes is seen to stand between cells."""
    inside = (found[1] or found[2] or "").strip()
    return found[0] if " " in inside else inside.replace(",", QUOTED_COMMA) + " "


def has_bars(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return "|" in text and all("|" in line or is_rule(line) for line in lines)


def table(text: str) -> Stripped:
    """The cells between bars, as Markdown and databases draw them; bars may also be brackets drawn by hand."""
    lines = [line for line in text.splitlines() if line.strip()]
    inner = [line.strip().strip("|") for line in lines]
    if not any("|" in line or is_rule(line) for line in inner):
        return Stripped("\n".join(inner))
    headed = len(lines) > 1 and is_header_rule(lines[1])
    rows = [cells(line) for line in lines if not is_rule(line) and not (headed and line is lines[1])]
    if headed and rows and all(is_name(cell) for cell in rows[0]):
        return Stripped(tabbed(rows[1:]), celled=True, notes=(HEADER,))
    return Stripped(tabbed(rows), celled=True)


def is_rule(line: str) -> bool:
    return "--" in line and RULES.issuperset(line)


def is_header_rule(line: str) -> bool:
    """|---|:-:|, the second line of a table in Markdown."""
    return all(cell and cell.strip(":") == "-" * len(cell.strip(":")) != "" for cell in cells(line))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def is_name(cell: str) -> bool:
    return not NUMBER.fullmatch(cell.replace(",", "."))


def tabbed(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)
