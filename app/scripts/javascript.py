"""Which parts of a JavaScript text are code, and which are comments, strings, templates and regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[str, int, int]

NEXT = re.compile(r"[/\"'`{}]")
STRING = {quote: re.compile(rf"{quote}(?:\\.|[^{quote}\\\n])*{quote}", re.DOTALL) for quote in "\"'"}
CHUNK = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(\$\{|`)", re.DOTALL)
REGULAR = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
WORD = re.compile(r"[\w$]+$")
BEFORE_REGULAR = set("(,=:[!&|?{};+-*%<>~^")
WORDS_BEFORE_REGULAR = {
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "void",
    "delete",
    "throw",
    "else",
    "do",
    "await",
    "yield",
}

COMMENT, TEXT = "comment", "text"


class ScriptError(ValueError):
    """A string, template or comment that does not end."""


def spans(script: str) -> Iterator[Span]:
    """Everything that is not code, in order: comments, and texts (strings, template pieces, regular expressions)."""
    place, code_from = 0, 0
    depths: list[int] = []  # open braces in each ${ } that we are in
    while found := NEXT.search(script, place):
        place, sign = found.start(), found[0]
        if sign in "{}":
            if sign == "}" and depths and depths[-1] == 0:
                depths.pop()
                end = after_chunk(script, place + 1, depths)
                yield TEXT, place + 1, end
                place = code_from = end
                continue
            if depths:
                depths[-1] += 1 if sign == "{" else -1
            place += 1
            continue
        kind, end = span_at(script, place, code_from, depths)
        if kind:
            yield kind, place, end
            code_from = end if kind == TEXT else code_from
        place = end


def span_at(script: str, place: int, code_from: int, depths: list[int]) -> tuple[str, int]:
    """What begins at this sign, and where it ends; no kind for a division."""
    sign = script[place]
    if script.startswith("//", place):
        end = script.find("\n", place)
        return COMMENT, len(script) if end < 0 else end
    if script.startswith("/*", place):
        return COMMENT, after(script.find("*/", place + 2), 2, script, place)
    if sign == "`":
        return TEXT, after_chunk(script, place + 1, depths)
    if sign == "/":
        found = REGULAR.match(script, place) if regular_may_begin(script, code_from, place) else None
        return (TEXT, found.end()) if found else ("", place + 1)
    found = STRING[sign].match(script, place)
    if not found:
        raise ScriptError(unfinished(script, place))
    return TEXT, found.end()


def after_chunk(script: str, place: int, depths: list[int]) -> int:
    """The end of a template, or of its piece before ${."""
    found = CHUNK.match(script, place)
    if not found:
        raise ScriptError(unfinished(script, place))
    if found[1] == "${":
        depths.append(0)
    return found.end()


def after(found: int, length: int, script: str, place: int) -> int:
    if found < 0:
        raise ScriptError(unfinished(script, place))
    return found + length


def unfinished(script: str, place: int) -> str:
    return f"line {script.count(chr(10), 0, place) + 1}: something begins here and does not end"


def regular_may_begin(script: str, code_from: int, place: int) -> bool:
    """Whether a slash after this code begins a regular expression rather than dividing."""
    before = script[max(code_from, place - 200) : place]
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", before, flags=re.DOTALL).rstrip()
    if not code:
        return code_from == 0  # right after a string or a template it divides
    word = WORD.search(code)
    return word[0] in WORDS_BEFORE_REGULAR if word else code[-1] in BEFORE_REGULAR


def blanked(script: str) -> str:
    """The same length and lines, with all that is not code emptied."""
    kept, place = [], 0
    for _, start, end in spans(script):
        kept += [script[place:start], re.sub(r"[^\n]", " ", script[start:end])]
        place = end
    return "".join([*kept, script[place:]])
