"""What is said in the visitor's language: which language, and the sentences of the catalogues in locale/."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("en", "ko")
FOLDER = Path(__file__).parent.parent / "locale"
DOMAIN = "messages"
MOST_PREFERENCES = 32


class Messages:
    """The catalogues of all languages, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.catalogues = {language: catalogue(folder, language) for language in LANGUAGES}
        self.translations = {language: compiled(self.catalogues[language]) for language in LANGUAGES}

    def gettext(self, language: str) -> Callable[[str], str]:
        """Gives a template in that language, or as it is where nobody has translated it."""
        translate = self.translations[language].gettext
        return lambda template: str(translate(template)) if template else template

    def script_texts(self, language: str) -> dict[str, str]:
        """The translations that scripts need: what the catalogue found in static/."""
        return {
            str(message.id): str(message.string)
            for message in self.catalogues[language]
            if message.id and message.string and any("static/" in place for place, _ in message.locations)
        }


def catalogue(folder: Path, language: str) -> Catalog:
    """Read from its text, so that no compiled file has to be kept in step."""
    file = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not file.is_file():
        return Catalog(locale=language)
    with file.open("rb") as text:
        return read_po(text, locale=language)


def compiled(texts: Catalog) -> Translations:
    binary = BytesIO()
    write_mo(binary, texts)
    binary.seek(0)
    return Translations(binary)


def preferred(accept_language: str) -> str:
    """The first of our languages in an Accept-Language header.

    >>> preferred("fr, ko-KR;q=0.8, en;q=0.5"), preferred("de")
    ('ko', 'en')
    """
    wishes = [wish for wish in map(wished, accept_language.split(",")[:MOST_PREFERENCES]) if wish[1] > 0]
    for language, _ in sorted(wishes, key=lambda wish: -wish[1]):
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


def wished(text: str) -> tuple[str, float]:
    name, _, quality = text.strip().partition(";")
    language = name.strip().partition("-")[0].lower()
    number = quality.strip().removeprefix("q=")
    try:
        return language, float(number) if number else 1.0
    except ValueError:
        return language, 0.0


def language_of(query: Mapping[str, str], headers: Mapping[str, str]) -> str:
    """?lang= before Accept-Language; a language we do not speak is refused where the query is read."""
    asked = query.get("lang", "")
    return asked if asked in LANGUAGES else preferred(headers.get("accept-language", ""))
