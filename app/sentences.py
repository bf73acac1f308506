"""The sentences of a language, as its catalogue has them: read from the text, and kept read for the next start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from app import prepared

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

DOMAIN = "messages"
FORM = b"sentences 1\n"
READ = "sentences"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template of the code, what is said for it, and the files where it stands."""

    template: str
    said: str
    places: tuple[str, ...]


class Spoken(NullTranslations):
    """Says templates; one that nobody has translated stays as it is."""

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__()
        self.said = said

    def gettext(self, message: str) -> str:
        return self.said.get(message, message)


def sentences(folder: Path, language: str, kept: Path | None = None) -> list[Sentence]:
    """Those of a folder of languages; no compiled file has to be kept in step, since what is kept is named by the text.

    >>> sentences(Path("nowhere"), "en")
    []
    """
    file = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not file.is_file():
        return []
    name = hashlib.sha256(FORM + language.encode() + b"\n" + file.read_bytes()).hexdigest()
    found = None if kept is None else prepared.found(kept, name)
    if found is not None:
        rows = orjson.loads(found[READ][1][READ])
        return [Sentence(template, said, tuple(places)) for template, said, places in rows]
    made = [
        Sentence(str(message.id), str(message.string), tuple(place for place, _ in message.locations))
        for message in catalogue(file, language)
        if message.id and message.string and not message.fuzzy
    ]
    if kept is not None:
        rows = [[one.template, one.said, one.places] for one in made]
        prepared.keep(kept, name, {READ: ({}, {READ: orjson.dumps(rows)})})
    return made


def catalogue(file: Path, language: str) -> Catalog:
    from babel.messages.pofile import read_po  # a start that finds what another has read does without

    with file.open("rb") as text:
        return read_po(text, locale=language)
