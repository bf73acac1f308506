"""The readers of foreign bytes and text, one row each: what is fed to them, and how they take it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from unittest.mock import patch

import core
from app.files import numbers_in
from app.pictures.errors import PictureError
from app.pictures.kinds import read_header
from app.pictures.normalise import normalise
from app.settings import Settings, SettingsError
from core import matrices
from core.errors import SceneError
from fuzz.changes import ODD_NUMBERS, ODD_TEXTS, changed_bytes, changed_json, changed_text
from fuzz.requests import make_request, send
from fuzz.samples import ARRAYS, JSON_SCENES, LINES, MATRICES, PICTURES, VARIABLES, WORDS, WRITTEN

SETTINGS = Settings()


@dataclass(frozen=True)
class Reader:
    """`read` may refuse in our own ways, which it swallows; `seconds` of CPU is what one input may take."""

    name: str
    make: Callable[[Random], Any]
    read: Callable[[Any], object]
    seconds: float


def refusing(read: Callable[[Any], object], *refusals: type[Exception]) -> Callable[[Any], object]:
    """The reader, whose own refusals are no surprise."""

    def taken(given: Any) -> object:
        try:
            return read(given)
        except refusals:
            return None

    return taken


def some_variables(random: Random) -> dict[str, str]:
    """An environment in which some of our variables hold odd things."""
    names = random.sample(list(VARIABLES), random.randint(1, 4))
    if random.random() < 0.1:
        names[0] = changed_text(random, names[:1], WORDS)
    values = [value for value in (*ODD_NUMBERS, *ODD_TEXTS, *VARIABLES.values()) if storable(value)]
    return {name: random.choice(values) for name in names if storable(name) and name and "=" not in name}


def storable(text: str) -> bool:
    """Whether the system's environment can hold it."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def read_environment(given: dict[str, str]) -> Settings:
    with patch.dict(os.environ, given):
        return Settings.from_environment()


def some_json(random: Random) -> object:
    return changed_json(random, random.choice(JSON_SCENES), JSON_SCENES)


def read_written(text: str) -> None:
    """What is understood can be written down, and is understood again."""
    found = matrices.read(text).rows
    assert matrices.read(found.line).values == found.values


TABLES = [text.encode() for text in WRITTEN]
READERS: tuple[Reader, ...] = (
    Reader("headers", lambda random: changed_bytes(random, PICTURES),
           refusing(lambda data: read_header(data, SETTINGS), PictureError), 1.0),
    Reader("pictures", lambda random: changed_bytes(random, PICTURES),
           refusing(lambda data: normalise(data, SETTINGS), PictureError), 5.0),
    Reader("lines", lambda random: changed_text(random, LINES, WORDS), refusing(core.parse, SceneError), 2.0),
    Reader("matrices", lambda random: changed_text(random, MATRICES, WORDS), refusing(core.parse, SceneError), 2.0),
    Reader("written", lambda random: changed_text(random, WRITTEN, WORDS), refusing(read_written, SceneError), 2.0),
    Reader("files", lambda random: changed_bytes(random, [*ARRAYS, *TABLES]),
           refusing(lambda data: numbers_in(data, SETTINGS), SceneError, PictureError), 2.0),
    Reader("json", some_json, refusing(core.scene_from_json, SceneError), 2.0),
    Reader("settings", some_variables, refusing(read_environment, SettingsError), 1.0),
    Reader("requests", make_request, send, 5.0),
)  # fmt: skip
