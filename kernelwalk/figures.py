"""Figures of documents: each drawn once into a folder, and what shows it in Markdown or HTML.

`kernelwalk build` and the directives in examples/ are made of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

from core.errors import SceneError, unknown
from core.texts import Say, Text, in_english
from kernelwalk.commands.parts import write
from kernelwalk.documents import Figure, picture
from kernelwalk.workshop import forms, workshop

TAKES_NOT = Text("{format} files take no {option}")
NO_SERVER = Text("format=iframe needs the address of a server: --server https://...")
IFRAME, PAGE, FILM, PRINT = "iframe", "html", "mp4", "pdf"
FRAMED = (IFRAME, PAGE)
WIDTH = "700"
FRAME = 'width="{width}" height="440" style="border:0" frameborder="0" loading="lazy" allow="fullscreen"'
KEPT = re.compile(r"kernelwalk-(?:player-)?[0-9a-f]{12}\.\w+")

Address = Callable[[str], str]


class FigureError(SceneError):
    """What a figure of a document cannot be, as a whole sentence."""

    def detail(self, say: Say = in_english) -> str:
        return say(self.rule, **self.facts)


class Figures:
    """Draws figures into a folder, each once.

    `form` is the kind of file where a figure does not say one, or "iframe" of the `server`; `address` makes of a
    file's name what a page calls it, by default the folder beside the page; `say` speaks a language. Players are files
    that need nothing, unless the folder `shares` one: then each is small, and needs the file of the player beside it.

    >>> figures = Figures(Path("lecture-figures"), form="iframe", server="https://lecture.example")
    >>> figures.shown("@sobel", {"play": "1"}).partition(" width")[0]
    '<iframe src="https://lecture.example/embed?scene=%40sobel&amp;play=1"'
    """

    def __init__(
        self,
        folder: Path,
        form: str = "svg",
        server: str = "",
        say: Say = in_english,
        address: Address | None = None,
        shares: bool = False,
    ) -> None:
        self.folder, self.form, self.server, self.say = folder, form, server.rstrip("/"), say
        self.lang = str(getattr(say, "code", "en"))
        self.address = address or (lambda name: quote(f"{folder.name}/{name}"))
        self.shares = shares
        self.drawn, self.wanted = 0, set[str]()

    def figure(self, figure: Figure, as_html: bool) -> str:
        """What shows a figure of a document that was read."""
        return self.shown(figure.line, figure.options, as_html or figure.in_html)

    def shown(self, line: str, options: Mapping[str, str], as_html: bool = True) -> str:
        """What shows a scene, on one line.

        Refuses  what no figure can be (SceneError)
        """
        told = dict(options)
        form, alt, caption = told.pop("format", self.form).lower(), told.pop("alt", ""), told.get("caption", "")
        words = escape(alt or caption or f"Kernelwalk: {line}")
        if form in FRAMED:
            width = told.pop("width", WIDTH)
            told.pop("caption", None)
            address = self.embed(line, told) if form == IFRAME else self.address(self.file(form, line, told))
            size = FRAME.format(width=escape(width))
            own = ' data-external="1"' if form == IFRAME else ""
            return captioned(f'<iframe src="{escape(address)}" {size}{own} title="{words}"></iframe>', caption)
        address = self.address(self.file(form, line, told))
        if form == FILM:
            return f'<video src="{escape(address)}" aria-label="{words}" controls loop muted playsinline></video>'
        if form == PRINT and as_html:  # no browser shows a PDF as an image
            size = f'width="{WIDTH}" height="440"'
            link = f'<a href="{escape(address)}">{words}</a>'
            return f'<object data="{escape(address)}" type="application/pdf" {size}>{link}</object>'
        return picture(address, alt or caption or f"Kernelwalk: {line}", as_html)

    def embed(self, line: str, options: dict[str, str]) -> str:
        """The address of a scene on the server."""
        server = options.pop("server", self.server).rstrip("/")
        if not server:
            raise FigureError("server", server, NO_SERVER)
        if not server.startswith(("http://", "https://", "/")):
            raise SceneError("server", server, "must begin with https://, http:// or /")
        return f"{server}/embed?{urlencode({'scene': line, **options}, quote_via=quote)}"

    def file(self, form: str, line: str, options: Mapping[str, str]) -> str:
        """The name of the file, which is made unless one of that name is there: the name says all that made it.

        Refuses  an unknown kind of file; what it takes not; what cannot be drawn (SceneError)
        """
        if form not in forms():
            raise unknown("format", form, [*forms(), IFRAME])
        for name in options:
            if name not in forms()[form].model_fields:
                raise FigureError(name, options[name], TAKES_NOT, format=form, option=name)
        told = {"lang": self.lang, **options}
        player = self.player({"scene": line, **told}) if form == PAGE and self.shares else ""
        asked = repr((workshop().state.program, form, line, sorted(told.items()), *filter(None, [player])))
        name = f"kernelwalk-{hashlib.sha256(asked.encode()).hexdigest()[:12]}.{form}"
        words = {"scene": line, **told}
        make = partial(workshop().page, player, words) if player else partial(workshop().file, form, words)
        self.drawn += self.keep(name, lambda: make(self.lang))
        return name

    def player(self, words: Mapping[str, str]) -> str:
        """The name of the file that players of the folder share, one where they walk and one where they ask, which is
        there then."""
        asks = workshop().asks(words)
        name = workshop().players[asks]
        self.keep(name, partial(workshop().player_file, asks))
        return name

    def keep(self, name: str, make: Callable[[], bytes]) -> bool:
        """Keeps a file that is wanted; whether it had to be made."""
        self.wanted.add(name)
        if (self.folder / name).is_file():
            return False
        content = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        write(str(self.folder / name), content)
        return True

    def tidy(self) -> None:
        """Removes files of figures that are gone."""
        if self.folder.is_dir():
            for old in self.folder.iterdir():
                if KEPT.fullmatch(old.name) and old.name not in self.wanted:
                    old.unlink()


def captioned(shown: str, caption: str) -> str:
    """With a line below it; a picture has its caption inside."""
    if not caption:
        return shown
    return f'<figure style="margin: 0">{shown}<figcaption>{escape(caption)}</figcaption></figure>'
