"""Figures in a document: found in Markdown or HTML, and put back with what shows them.

A figure is a fenced block or a comment. What is put back is the comment, what shows the figure, and a closing comment,
so that a document that was built can be built again: what was put there before is replaced.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from core.texts import Text

BOM = "\ufeff"
END = "<!-- /kernelwalk -->"
ENDS = ("-->", "--!>")
LONGEST = 12  # lines that what shows a figure may have become under other hands
FENCE = re.compile(r"(?P<prefix>[ \t>]*)(?P<fence>`{3,}|~{3,}|:{3,}(?=\s*\{kernelwalk[\s}]))(?P<info>.*)")
OURS = re.compile(r"kernelwalk(?=\s|$)(?P<plain>.*)|\{\.?kernelwalk(?P<inside>(?:\s[^}]*)?)\}(?P<options>.*)")
OPTION = r"\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s:\"']+)"
COMMENT = re.compile(rf"<!--\s*kernelwalk(?P<options>(?:{OPTION})*)\s*:\s(?P<line>.*?)\s*-->")
BUILT = re.compile(rf"{COMMENT.pattern}(?:(?:(?!<!--).)*{re.escape(END)})?")
OPTION_WORD = re.compile(
    r"(?P<name>[\w-]+)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"']+))(?=\s|$)"
)
MARKS = re.compile(r"(?:[ \t>]|(?:[-*+]|\d+[.)])[ \t])*")  # what a line of Markdown may begin with
ANY_COMMENT = re.compile(r"<!--.*?-->")
LIKE_OURS = re.compile(r"<!--\s*kernelwalk\b", re.IGNORECASE)
TICKS = re.compile("`+")
# what indented lines may belong to
HOLDS_MORE = re.compile(r"[-*+]\s|\d+[.)]\s|[:~]\s|\[\^|!!!|\?\?\?|===|:::|\.\.\s|<(?!!--)|\{%")
ROW = re.compile(r"[ \t>]*\|")  # of a table: a cell ends at | unless it is written \|
TAB = 4  # columns that make code of a line
BESIDE = re.compile(r"(?::|#\|\s*)(?P<name>[\w-]+):\s*(?P<value>.*)")

NOT_CLOSED = Text("the block is not closed")
ONE_LINE = Text("a block holds one scene line, this one has {count}")
NO_COMMENT = Text("a figure is written as {example}")
NOT_OPTIONS = Text("{text} is not written as options are: name=value, a value with spaces in double quotes")
NOT_IN_COMMENT = Text("a figure holds no {text}")
EXAMPLE = "<!-- kernelwalk format=gif: cat 64 | sobel-x -->"


class DocumentError(ValueError):
    """A place of a document that cannot be read."""

    def __init__(self, number: int, rule: str, **facts: object) -> None:
        super().__init__(rule)
        self.number, self.rule, self.facts = number, rule, facts


@dataclass(frozen=True, slots=True)
class Figure:
    """A scene line with the options beside it, and on which line of the document, from 1, it stands."""

    line: str
    options: Mapping[str, str]
    number: int
    in_html: bool = False  # on a line that Markdown takes for HTML

    @property
    def comment(self) -> str:
        options = "".join(f" {name}={written(value)}" for name, value in self.options.items())
        return f"<!-- kernelwalk{options}: {self.line} -->"


Show = Callable[[Figure], str]


def written(value: str) -> str:
    if re.fullmatch(r"""[^\s:"']+""", value):
        return value
    return f"'{value}'" if '"' in value else f'"{value}"'


def built(text: str, show: Show) -> str:
    """The document with what `show` gives below each figure, instead of what stood there before.

    Refuses  a figure that cannot be read (DocumentError)
    """
    mark = BOM if text.startswith(BOM) else ""
    lines = list(io.StringIO(text.removeprefix(mark), newline=""))  # as editors count them
    return mark + "".join(pieces(lines, show))


def pieces(lines: list[str], show: Show) -> Iterator[str]:
    place = 0
    while place < len(lines):
        line = lines[place]
        fence = FENCE.match(line.rstrip("\r\n"))
        wrapped, text = over_lines(lines, place)
        if (fence or LIKE_OURS.search(text)) and is_code(lines, place):
            yield line
            place += 1
            continue
        if fence is not None and not ("`" in fence["fence"] and "`" in fence["info"]):
            last = closing(lines, place, fence["fence"])
            ours = OURS.fullmatch(fence["info"].strip())
            if ours is None:
                yield from lines[place : last + 1]
            else:
                if last == len(lines):
                    raise DocumentError(place + 1, NOT_CLOSED)
                figure = block(lines[place + 1 : last], ours, place + 1)
                yield put(figure, fence["prefix"], lines[last], show)
            place = last + 1
            continue
        alone = COMMENT.fullmatch(text)
        if alone is not None:
            yield put(commented(alone, place + 1), line[: line.index("<")], lines[wrapped], show)
            place = behind(lines, wrapped)
        else:
            yield inline(line, place + 1, show)
        place += 1


def bare(line: str) -> str:
    """A line without what it stands behind: a list's spaces, a quotation's mark."""
    return line.lstrip(" \t>").rstrip()


def over_lines(lines: list[str], place: int) -> tuple[int, str]:
    """A comment that may be written over several lines: its last, and all of it as one line; else the line itself."""
    text = first = bare(lines[place])
    if first.startswith("<!--") and "-->" not in first:
        for later in range(place + 1, min(len(lines), place + LONGEST)):
            text = f"{text} {bare(lines[later])}"
            if "-->" in text:
                return (later, text) if COMMENT.fullmatch(text) else (place, first)
    return place, first


def is_code(lines: list[str], place: int) -> bool:
    """Whether Markdown takes a line for code because it is indented: by four columns, after an empty line, in nothing
    whose own lines are indented, as those of lists, admonitions and tags are."""
    column = depth(lines[place])
    if column < TAB or lines[place].lstrip().startswith(">"):
        return False
    first = place
    while first and depth(lines[first - 1]) >= TAB:
        first -= 1
    if first and lines[first - 1].strip():
        return False
    for earlier in reversed(lines[:place]):
        if earlier.strip() and depth(earlier) < column:
            column = depth(earlier)
            if HOLDS_MORE.match(earlier.lstrip()):
                return False
        if not column:
            break
    return True


def depth(line: str) -> int:
    """How many columns it is indented; none where there is nothing else.

    >>> depth("  a"), depth(" \\ta"), depth("   ")
    (2, 4, 0)
    """
    wide = line.expandtabs(TAB)
    return len(wide) - len(wide.lstrip()) if wide.strip() else 0


def closing(lines: list[str], place: int, fence: str) -> int:
    """Where the block that opens there is closed, or the end of the document."""
    for later in range(place + 1, len(lines)):
        text = bare(lines[later])
        if len(text) >= len(fence) and set(text) == {fence[0]}:
            return later
    return len(lines)


def behind(lines: list[str], place: int) -> int:
    """The last line of what stands below a comment from an earlier time, or the comment's own."""
    for later in range(place + 1, min(len(lines), place + LONGEST)):
        text = bare(lines[later])
        if text == END:
            return later
        if LIKE_OURS.search(text) or FENCE.match(text):
            break
    return place


def block(lines: list[str], ours: re.Match[str], number: int) -> Figure:
    """A fenced block: options behind its name, or in lines of their own as MyST and Quarto write them. MyST's
    directive has its line behind the name."""
    behind = (ours["options"] or "").strip()
    argument = "" if re.match(r"[\w-]+=", behind) else behind
    options = ours["plain"] or f"{ours['inside'] or ''} {behind.removeprefix(argument)}"
    told, rest = options_of(options, number), list(filter(None, [argument]))
    for line in map(bare, lines):
        beside = BESIDE.fullmatch(line)
        if beside is not None and rest == list(filter(None, [argument])):
            told[beside["name"]] = checked(unquoted(beside["value"].strip()), number)
        elif line:
            rest.append(line)
    if len(rest) != 1:
        raise DocumentError(number, ONE_LINE, count=len(rest))
    return Figure(checked(rest[0], number), told, number)


def unquoted(value: str) -> str:
    """As YAML writes a word: with quotes around it, or without."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] in "\"'" else value


def checked(text: str, number: int, never: tuple[str, ...] = ENDS) -> str:
    """Refuses  what would end the comment that the block becomes, or cannot be written in it"""
    for wrong in (*never, '"') if '"' in text and "'" in text else never:
        if wrong in text:
            raise DocumentError(number, NOT_IN_COMMENT, text=wrong)
    return text


def commented(found: re.Match[str], number: int, in_html: bool = False, in_row: bool = False) -> Figure:
    line, options = (part.replace("\\|", "|") if in_row else part for part in found.group("line", "options"))
    return Figure(line.strip(), options_of(options, number), number, in_html)


def options_of(text: str, number: int) -> dict[str, str]:
    told, rest = dict[str, str](), text.strip()
    while rest:
        found = OPTION_WORD.match(rest)
        if found is None:
            raise DocumentError(number, NOT_OPTIONS, text=rest.split()[0])
        told[found["name"]] = checked(found["double"] or found["single"] or found["plain"] or "", number)
        rest = rest[found.end() :].lstrip()
    return told


def put(figure: Figure, prefix: str, line: str, show: Show) -> str:
    """Three lines, each behind what the figure stood behind: a list's spaces, a quotation's mark."""
    end = line[len(line.rstrip("\r\n")) :]
    return (end or "\n").join(prefix + text for text in (figure.comment, show(figure), END)) + end


def inline(line: str, number: int, show: Show) -> str:
    """A line of other words with figures between them; what is quoted as code stays."""

    spans, in_row = list(quoted(line)), ROW.match(line) is not None

    def is_quoted(place: int) -> bool:
        return any(begin < place < end for begin, end in spans)

    def shown(found: re.Match[str]) -> str:
        if is_quoted(found.start()):
            return found[0]
        figure = commented(found, number, is_html(line, found.start()), in_row)
        put_back = f"{figure.comment}{show(figure)}{END}"
        return re.sub(r"(?<!\\)\|", r"\\|", put_back) if in_row else put_back

    for found in LIKE_OURS.finditer(line):
        if not is_quoted(found.start()) and not COMMENT.match(line, found.start()):
            raise DocumentError(number, NO_COMMENT, example=EXAMPLE)
    return BUILT.sub(shown, line)


def quoted(line: str) -> Iterator[tuple[int, int]]:
    """Where code stands in a line: between as many backticks before it as behind it.

    >>> list(quoted("a ``b ` c`` d `e` f ` g"))
    [(2, 11), (14, 17)]
    """
    runs, place = [run.span() for run in TICKS.finditer(line)], 0
    while place < len(runs):
        begin, end = runs[place]
        lengths = [later_end - later for later, later_end in runs[place + 1 :]]
        if end - begin in lengths:
            place += 1 + lengths.index(end - begin)
            yield begin, runs[place][1]
        place += 1


def is_html(line: str, place: int) -> bool:
    """Whether Markdown takes the place for HTML: a line that begins with a tag or a comment, or a tag before it.

    >>> is_html("A still <!-- kernelwalk: x -->", 8), is_html("- <!-- kernelwalk: x -->", 2)
    (False, True)
    """
    return "<" in (MARKS.sub("", line, count=1)[:1], *ANY_COMMENT.sub("", line[:place]))


def picture(address: str, words: str, as_html: bool) -> str:
    """An image, in Markdown or in HTML."""
    if as_html:
        return f'<img src="{escape(address)}" alt="{escape(words)}">'
    plain = re.sub(r"([][\\`*_<>])", r"\\\1", words)
    return f"![{plain}]({address})"
