"""Text: what a person reads, in English, with the template and the facts that say it in another language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

PLACE = re.compile(r"\{(\w+)(:[^{}|]*)?(?:\|([^{}]*))?\}")

Choose = Callable[[str, list[str]], str]


class Say(Protocol):
    """Speaks a language: a template in it, its facts put in."""

    def __call__(self, template: str, /, **facts: object) -> str: ...


class Text(str):
    """An English sentence or title; whoever knows another language finds it by its template.

    >>> text = Text("at most {maximum} {maximum|cell/cells}", maximum=3)
    >>> text, text.template, text.facts
    ('at most 3 cells', 'at most {maximum} {maximum|cell/cells}', {'maximum': 3})
    """

    template: str
    facts: Mapping[str, object]

    def __new__(cls, template: str, /, **facts: object) -> Text:
        made = super().__new__(cls, in_english(template, **facts))
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


def in_english(template: str, /, **facts: Any) -> str:
    """
    >>> in_english("{count} {count|cell/cells} of {size:,}", count=1, size=5000)
    '1 cell of 5,000'
    """
    return filled(template, facts, singular_or_plural)
