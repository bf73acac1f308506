"""`kernelwalk build DOCUMENT -o FILE`: draws the figures that stand in a document, and links them."""

from __future__ import annotations

import hashlib
import re
import sys
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

import click

from core.errors import SceneError, unknown
from core.texts import Say, Text
from kernelwalk.commands.house import code_of, house
from kernelwalk.commands.parts import STANDARD, output_option, write
from kernelwalk.commands.render import file_of
from kernelwalk.commands.words import MISSING, MISUSED, Mistake, Spoken, Told, complain, lang_option
from kernelwalk.documents import DocumentError, Figure, built, picture
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
AT = Text("{file}:{number}: {problem}")
NO_SERVER = Text("format=iframe needs the address of a server: --server https://...")
NOT_TEXT = Text("{file} is not text in UTF-8")
DONE = Text("{file}: {count} {count|figure/figures}, {drawn} drawn anew")
EXAMPLES = (
    "kernelwalk build lecture.md -o lecture-with-figures.md",
    "kernelwalk build slides.html --in-place --format gif",
    "kernelwalk build chapter.qmd -o out/chapter.qmd --watch",
)
IFRAME, PAGE, FILM = "iframe", "html", "mp4"
PAGES = (".html", ".htm")
KEPT = re.compile(r"kernelwalk-[0-9a-f]{12}\.\w+")
PAUSE = 0.3  # seconds between two looks at the document
FRAME = 'width="{width}" height="440" style="border:0" frameborder="0" loading="lazy" allow="fullscreen"'


class Builder:
    """Draws the figures of one document, each once."""

    def __init__(self, source: Path, output: str, form: str, server: str, say: Say) -> None:
        self.source, self.output, self.form, self.server, self.say = source, output, form, server.rstrip("/"), say
        beside = source if output == STANDARD else Path(output)
        self.folder = beside.parent / f"{beside.stem}-figures"
        self.as_html = beside.suffix.lower() in PAGES
        self.count, self.drawn, self.wanted = 0, 0, set[str]()

    def build(self) -> None:
        """Refuses  a figure that cannot be read or drawn, by its place; then nothing of the document is written"""
        try:
            text = self.source.read_bytes().decode()
        except UnicodeDecodeError:
            raise Mistake(NOT_TEXT, file=self.source) from None
        try:
            made = built(text, self.show)
        except DocumentError as error:
            raise self.at(error.number, self.say(error.rule, **error.facts)) from None
        target = Path(self.output)
        if self.output == STANDARD or not target.is_file() or target.read_bytes() != made.encode():
            write(self.output, made.encode())
        if self.folder.is_dir():
            for old in self.folder.iterdir():
                if KEPT.fullmatch(old.name) and old.name not in self.wanted:
                    old.unlink()

    def at(self, number: int, problem: str) -> Told:
        return Told(self.say(AT, file=self.source, number=number, problem=problem))

    def show(self, figure: Figure) -> str:
        self.count += 1
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{self.source}:{figure.number}", err=True, nl=False)
        try:
            return self.shown(figure)
        except SceneError as error:
            raise self.at(figure.number, error.detail(self.say)) from None
        except Mistake as mistake:
            raise self.at(figure.number, self.say(mistake.rule, **mistake.facts)) from None
        except Told as told:
            raise self.at(figure.number, str(told)) from None
        finally:
            if sys.stderr.isatty():
                click.echo("\r\x1b[K", err=True, nl=False)

    def shown(self, figure: Figure) -> str:
        options = dict(figure.options)
        form, alt = options.pop("format", self.form), options.pop("alt", "")
        words = alt or options.get("caption") or f"Kernelwalk: {figure.line}"
        as_html = self.as_html or figure.inline
        if form == IFRAME:
            return self.frame(figure.line, options, words)
        if form not in forms():
            raise unknown("format", form, [*forms(), IFRAME])
        address = quote(f"{self.folder.name}/{self.file(form, figure.line, options)}")
        if form == PAGE:
            return f'<iframe src="{address}" {FRAME.format(width=700)} title="{escape(words)}"></iframe>'
        if form == FILM:
            return f'<video src="{address}" aria-label="{escape(words)}" controls loop muted playsinline></video>'
        return picture(address, words, as_html)

    def frame(self, line: str, options: dict[str, str], words: str) -> str:
        server = options.pop("server", self.server).rstrip("/")
        if not server:
            raise Mistake(NO_SERVER)
        width = options.pop("width", "700")
        address = f"{server}/embed?{urlencode({'scene': line, **options}, quote_via=quote)}"
        title = f'data-external="1" title="{escape(words)}"'
        return f'<iframe src="{escape(address)}" {FRAME.format(width=escape(width))} {title}></iframe>'

    def file(self, form: str, line: str, options: dict[str, str]) -> str:
        """The name of the file, which is made unless one of that name is there: the name says all that made it."""
        told = {"lang": code_of(self.say), **options}
        asked = repr((house().program, form, line, sorted(told.items())))
        name = f"kernelwalk-{hashlib.sha256(asked.encode()).hexdigest()[:12]}.{form}"
        self.wanted.add(name)
        if not (self.folder / name).is_file():
            content = file_of(form, line, told, self.say)
            self.folder.mkdir(parents=True, exist_ok=True)
            write(str(self.folder / name), content)
            self.drawn += 1
        return name


def command(say: Say) -> click.Command:
    names = ", ".join([*forms(), IFRAME])
    params: list[click.Parameter] = [
        click.Argument(["document"], metavar="DOCUMENT"),
        output_option(say, None),
        click.Option(["--in-place"], is_flag=True, help=say(IN_PLACE)),
        click.Option(["--format", "form"], default="svg", metavar="FORMAT", help=say(FORMAT, formats=names)),
        click.Option(["--server"], default="", metavar="URL", help=say(SERVER)),
        click.Option(["--watch"], is_flag=True, help=say(WATCH)),
        lang_option(say),
    ]

    def run(document: str, output: str | None, in_place: bool, form: str, server: str, watch: bool,
            lang: str | None) -> None:  # fmt: skip
        target = document if in_place else output
        if target is None:
            raise Mistake(MISSING, MISUSED, name="-o / --in-place")
        for _ in changes(Path(document)) if watch else range(1):
            builder = Builder(Path(document), target, form, server, say)
            try:
                builder.build()
            except Told as told:
                if not watch:
                    raise
                complain(str(told), 1, say)
                continue
            if target != STANDARD:
                click.echo(say(DONE, file=target, count=builder.count, drawn=builder.drawn), err=True)

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
