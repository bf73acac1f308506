"""What is said in the visitor's language: which languages there are, and the sentences of the catalogues in locale/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from app.grammar import ENGLISH, rule_of
from app.names import COURSE, FIELDS, TITLES, Titles
from app.sentences import DOMAIN, Sentence, Spoken, sentences
from app.settings import LOCALE
from core.hints import names_for
from core.texts import Name, Text, filled

CODE = re.compile(r"[a-z]{2,8}")
MOST_PREFERENCES = 32
ELEMENT = ("static/words/strings.js", "static/words/key-list.js")  # where the words of the element stand

# Translators: the name of your language, in your language
NAME = Text("English")
# Translators: the direction your language is written in: ltr or rtl
DIRECTION = Text("ltr")
# Translators: a name of the scene line, with what it means
MEANING = Text("{title} ({name})")


class Speech:
    """One language: says templates in it, as core.texts.Say asks."""

    def __init__(self, code: str, known: list[Sentence], languages: Mapping[str, Speech]) -> None:
        self.code = code
        self.sentences = known
        self.translations = Spoken({one.template: one.said for one in known})
        self.choose = rule_of(code)
        self.languages = languages
        self.name, self.direction = self(NAME), self(DIRECTION)
        self.element_texts = self.texts_of(ELEMENT)
        self.titles = Titles({name: self(title) for name, title in TITLES.items()}, {w: self(w) for w in COURSE})

    def __call__(self, template: str, /, **facts: object) -> str:
        """A template in this language, or as it is where nobody has translated it; facts are translated as well."""
        if isinstance(template, Text):
            return self(template.template, **{**template.facts, **facts})
        said = {name: self.fact(fact) for name, fact in facts.items()}
        return filled(self.spoken(template), said, self.choose)

    def spoken(self, template: str) -> str:
        return self.translations.gettext(template)

    def fact(self, fact: object) -> object:
        """A fact as this language tells it: English takes names as they are, others say what they mean.

        A title that says more in brackets, as 딜레이션(팽창률), says it where the name does not follow in brackets.
        """
        if isinstance(fact, Text):
            return self(fact)
        title = FIELDS.get(fact) or TITLES.get(fact) if isinstance(fact, Name) and self.code != ENGLISH else None
        return self(MEANING, title=self(title).partition("(")[0].rstrip(), name=str(fact)) if title else fact

    def names_for(self, word: str, among: Iterable[str]) -> list[str]:
        """What a visitor's word is called here, whichever of the languages it is of."""
        known = list(among)
        found = (speech.titles.names_for(word, known) for speech in self.languages.values())
        return names_for(word, known) or next(filter(None, found), [])

    def everywhere(self, text: str) -> dict[str, str]:
        """The text in every language there is."""
        return {code: speech(text) for code, speech in self.languages.items()}

    def told(self, value: Any) -> Any:
        """The same data, each Text in it told in every language."""
        if isinstance(value, Text):
            return self.everywhere(value)
        if isinstance(value, dict):
            return {name: self.told(entry) for name, entry in value.items()}
        if isinstance(value, list | tuple) and any(isinstance(entry, dict | list | tuple | Text) for entry in value):
            return [self.told(entry) for entry in value]
        return value

    def texts_of(self, place: str | tuple[str, ...]) -> dict[str, str]:
        """The translations of what the catalogue found in folders or files."""
        return {
            one.template: one.said for one in self.sentences if any(found.startswith(place) for found in one.places)
        }


class Messages:
    """The languages: English, and one for each folder with a catalogue; read once, and kept read where that is told."""

    def __init__(self, folder: Path = LOCALE, kept: Path | None = None) -> None:
        self.languages: dict[str, Speech] = {}
        for code in codes(folder):
            self.languages[code] = Speech(code, sentences(folder, code, kept), self.languages)

    def preferred(self, accept_language: str) -> str:
        """The first of our languages in an Accept-Language header.

        >>> Messages().preferred("fr, ko-KR;q=0.8, en;q=0.5"), Messages().preferred("de")
        ('ko', 'en')
        """
        wishes = [wish for wish in map(wished, accept_language.split(",")[:MOST_PREFERENCES]) if wish[1] > 0]
        for language, _ in sorted(wishes, key=lambda wish: -wish[1]):
            if language in self.languages:
                return language
        return ENGLISH

    def language_of(self, query: Mapping[str, str], headers: Mapping[str, str]) -> str:
        """?lang= before Accept-Language; ko-KR is Korean, and a language we do not speak is no wish."""
        asked = primary(query.get("lang", ""))
        return asked if asked in self.languages else self.preferred(headers.get("accept-language", ""))


def codes(folder: Path) -> list[str]:
    found = [file.parts[-3] for file in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")]
    return [ENGLISH, *sorted(code for code in found if CODE.fullmatch(code) and code != ENGLISH)]


def wished(text: str) -> tuple[str, float]:
    name, _, quality = text.strip().partition(";")
    number = quality.strip().removeprefix("q=")
    try:
        return primary(name), float(number) if number else 1.0
    except ValueError:
        return primary(name), 0.0


def primary(tag: str) -> str:
    """The language of a tag such as ko-KR, or ko_KR as systems write it."""
    return tag.strip().replace("_", "-").partition("-")[0].lower()
