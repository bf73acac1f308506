"""Text: what a person reads, in English, with the template and the facts that say it in another language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from core import hints

PLACE = re.compile(r"\{(\w+)(:[^{}|]*)?(?:\|([^{}]*))?\}")

Choose = Callable[[str, list[str]], str]


class Say(Protocol):
    """Speaks a language: a template in it, its facts put in."""

    def __call__(self, template: str, /, **facts: object) -> str: ...

    def spoken(self, template: str) -> str:
        """The template itself, its facts not yet put in."""
        ...

    def names_for(self, word: str, among: Iterable[str]) -> list[str]:
        """Which of the names this word means to somebody who speaks the language."""
        ...


class Name(str):
    """A word of the scene line or of a request; a language may add what it means."""


class Text(str):
    """An English sentence or title; whoever knows another language finds it by its template.

    >>> text = Text("at most {maximum} {maximum|cell/cells}", maximum=3)
    >>> text, text.template, text.facts
    ('at most 3 cells', 'at most {maximum} {maximum|cell/cells}', {'maximum': 3})
    """

    template: str
    facts: Mapping[str, object]

    def __new__(cls, template: str, /, **facts: object) -> Text:
        made = super().__new__(cls, filled(template, facts, singular_or_plural))
        made.template, made.facts = template, facts
        return made


def filled(template: str, facts: Mapping[str, object], choose: Choose) -> str:
    """The template with its facts; {count|cell/cells} is the form that the language chooses for that fact."""

    def fact(place: re.Match[str]) -> str:
        name, spelling, forms = place.groups()
        if name not in facts:
            return place[0]
        if forms is not None:
            return choose(str(facts[name]), forms.split("/"))
        return format(facts[name], spelling[1:]) if spelling else str(facts[name])

    return PLACE.sub(fact, template)


def singular_or_plural(fact: str, forms: list[str]) -> str:
    return forms[0] if fact in ("1", "-1") else forms[-1]


class English:
    """The language of the code.

    >>> in_english("{count} {count|cell/cells} of {size:,}", count=1, size=5000)
    '1 cell of 5,000'
    """

    def __call__(self, template: str, /, **facts: object) -> str:
        return filled(template, facts, singular_or_plural)

    def spoken(self, template: str) -> str:
        return template

    def names_for(self, word: str, among: Iterable[str]) -> list[str]:
        return hints.names_for(word, among)


in_english = English()
