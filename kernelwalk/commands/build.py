"""`kernelwalk build DOCUMENT -o FILE`: draws the figures that stand in a document, and links them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from core.errors import SceneError
from core.texts import Say, Text
from kernelwalk.commands.house import house
from kernelwalk.commands.parts import STANDARD, output_option, write
from kernelwalk.commands.words import MISSING, MISTAKES, MISUSED, Mistake, Spoken, Told, complain_of, lang_option
from kernelwalk.documents import DocumentError, Figure, built
from kernelwalk.figures import IFRAME, Figures
from kernelwalk.workshop import forms

HELP = Text(
    "Draw the figures that stand in a Markdown, MyST, Quarto, reveal.js or HTML document, put them into a folder "
    "beside it, and write the document with them. A figure is a block ```kernelwalk with a scene line, or a comment "
    "<!-- kernelwalk format=gif: LINE -->. What was built can be built again."
)
IN_PLACE = Text("write into the document itself")
WATCH = Text("build again whenever the document changes, until Ctrl+C")
FORMAT = Text("kind of file where a figure does not say one: {formats}; svg when not said")
SERVER = Text("the address of the server that figures with format=iframe come from")
SINGLE = Text("make each player one file that needs nothing; else players share one that stands beside them")
AT = Text("{file}:{number}: {problem}")
ONE_TARGET = Text("-o and --in-place are two ways: say one")
NO_WATCHING = Text("standard input cannot be watched, or written into")
NOT_TEXT = Text("{file} is not text in UTF-8")
DONE = Text("{file}: {count} {count|figure/figures}, {drawn} drawn anew")
EXAMPLES = (
    "kernelwalk build lecture.md -o lecture-with-figures.md",
    "kernelwalk build slides.html --in-place --format gif",
    "kernelwalk build slides.html -o talk.html --format html --single",
    "kernelwalk build chapter.qmd -o out/chapter.qmd --watch",
)
PAGES = (".html", ".htm")
UNNAMED = "kernelwalk.md"  # a document of standard input that goes to standard output
PAUSE = 0.3  # seconds between two looks at the document


class Builder:
    """Builds one document."""

    def __init__(self, source: str, output: str, form: str, server: str, shares: bool, say: Say) -> None:
        self.source, self.output, self.say = source, output, say
        named = next((name for name in (output, source) if name != STANDARD), UNNAMED)
        beside = Path(named)
        self.as_html = beside.suffix.lower() in PAGES
        self.figures = Figures(beside.parent / f"{beside.stem}-figures", form, server, say, shares=shares)
        self.count = 0
        self.problems: list[str] = []

    def build(self) -> None:
        """Refuses  figures that cannot be read or drawn, each by its place; then nothing of the document is written"""
        house()  # settings that cannot be read are told without a place
        try:
            text = self.read().decode()
        except UnicodeDecodeError:
            raise Mistake(NOT_TEXT, file=self.source) from None
        try:
            made = built(text, self.show)
        except DocumentError as error:
            self.note(error.number, self.say(error.rule, **error.facts))
        if self.problems:
            raise Told(*self.problems)
        target = Path(self.output)
        target.parent.mkdir(parents=True, exist_ok=True)
        if self.output == STANDARD or not target.is_file() or target.read_bytes() != made.encode():
            write(self.output, made.encode())
        self.figures.tidy()

    def read(self) -> bytes:
        return sys.stdin.buffer.read() if self.source == STANDARD else Path(self.source).read_bytes()

    def note(self, number: int, problem: str) -> None:
        self.problems.append(self.say(AT, file=self.source, number=number, problem=problem))

    def show(self, figure: Figure) -> str:
        self.count += 1
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{self.source}:{figure.number}", err=True, nl=False)
        try:
            return self.figures.figure(figure, self.as_html)
        except SceneError as error:
            self.note(figure.number, error.detail(self.say))
            return ""
        finally:
            if sys.stderr.isatty():
                click.echo("\r\x1b[K", err=True, nl=False)


def command(say: Say) -> click.Command:
    names = ", ".join([*forms(), IFRAME])
    params: list[click.Parameter] = [
        click.Argument(["document"], metavar="DOCUMENT"),
        output_option(say, None),
        click.Option(["--in-place"], is_flag=True, help=say(IN_PLACE)),
        click.Option(["--format", "form"], default="svg", metavar="FORMAT", help=say(FORMAT, formats=names)),
        click.Option(["--server"], default="", metavar="URL", help=say(SERVER)),
        click.Option(["--single"], is_flag=True, help=say(SINGLE)),
        click.Option(["--watch"], is_flag=True, help=say(WATCH)),
        lang_option(say),
    ]

    def run(document: str, output: str | None, in_place: bool, form: str, server: str, single: bool,
            watch: bool, lang: str | None) -> None:  # fmt: skip
        target = document if in_place else output
        if target is None:
            raise Mistake(MISSING, MISUSED, name="-o / --in-place")
        if in_place and output is not None:
            raise Mistake(ONE_TARGET, MISUSED)
        if document == STANDARD and (watch or in_place):
            raise Mistake(NO_WATCHING, MISUSED)
        for number in changes(Path(document)) if watch else range(1):
            builder = Builder(document, target, form, server, not single, say)
            try:
                builder.build()
            except MISTAKES as error:
                if not watch or (number == 0 and isinstance(error, OSError)):
                    raise
                complain_of(error, say)  # and the next change may mend it
                continue
            if target != STANDARD:
                click.echo(say(DONE, file=target, count=builder.count, drawn=builder.figures.drawn), err=True)

    return Spoken("build", say, say(HELP), EXAMPLES, params=params, callback=run)


def changes(document: Path) -> Iterator[int]:
    """At once, and whenever the document was written since its last building began."""
    number = 0
    while True:
        seen = written_at(document)
        yield number
        number += 1
        while written_at(document) in (seen, 0):
            time.sleep(PAUSE)


def written_at(document: Path) -> int:
    """0 while it is not there: editors put a new file in place of the old one."""
    try:
        return document.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
