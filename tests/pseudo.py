"""A language made for tests: every text in brackets and with accents, so that what was forgotten shows."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from app.messages import Messages
from core.texts import PLACE

CODE = "qps"
ACCENTED = str.maketrans("aeiouycnAEIOU", "áéíóúýçñÁÉÍÓÚ")
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
PLAIN = {"ltr"}


def write_pseudo(folder: Path) -> Path:
    """A folder of languages with this one, made from the texts of the Korean catalogue."""
    catalogue = Catalog(locale=CODE)
    for one in Messages().languages["ko"].sentences:
        said = one.template if one.template in PLAIN else pseudo(one.template)
        catalogue.add(one.template, said, locations=[(place, None) for place in one.places])
    file = folder / CODE / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as written:
        write_po(written, catalogue, width=0)
    return folder


def pseudo(text: str) -> str:
    """
    >>> pseudo("{count} {count|cell/cells} of {shape}")
    '⟦{count} {count|çéll/çélls} óf {shape}⟧'
    """
    kept, place = "", 0
    for found in PLACE.finditer(text):
        name, spelling, forms = found.groups()
        choice = "" if forms is None else f"|{forms.translate(ACCENTED)}"
        kept += f"{text[place : found.start()].translate(ACCENTED)}{{{name}{spelling or ''}{choice}}}"
        place = found.end()
    return f"⟦{kept}{text[place:].translate(ACCENTED)}⟧"


def outside(text: str) -> str:
    """What of a text stands in no brackets."""
    while BRACKETED.search(text):
        text = BRACKETED.sub("", text)
    return text
