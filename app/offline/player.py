"""The player of a figure's file: scripts and words, inside the file, or beside it where many figures share them."""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

import orjson

from app import prepared
from app.assets import (
    BESIDE,
    COURSE,
    EFFECTS,
    ENTRY,
    FOLDER,
    KEYBOARD,
    LATE,
    OFFLINE,
    OFFLINE_ASKING,
    PARTICLES,
    QUESTIONS,
    VIEWS,
    Assets,
    read_all,
)
from app.grammar import ENGLISH
from app.http.responses import json_text
from app.messages import Messages
from app.state import State, words_for_scripts

HOST = "https://kernelwalk.invalid"  # as static/offline/figure.js has it
TIGHT = 9
IMPORTING = re.compile(r"(?<![\w$.])import\(")
ALWAYS = (ENTRY, EFFECTS, KEYBOARD, PARTICLES)
SOMETIMES = (LATE, COURSE, BESIDE, VIEWS, QUESTIONS)
WORDS = {VIEWS: "views", QUESTIONS: "questions"}  # scripts with words of their own
NAMED = 12  # digits of what a file is made from


def packed(carried: dict[str, Any]) -> str:
    """As a file carries it: JSON, gzip, base64. The same scene is the same text."""
    return b64encode(gzip.compress(json_text(carried), TIGHT, mtime=0)).decode()


def opener(assets: Assets, wanted: set[str]) -> str:
    return assets.files[OFFLINE_ASKING if QUESTIONS in wanted else OFFLINE].body.decode()


def player_in(shared: State, wanted: set[str]) -> dict[str, Any]:
    """What a file carries of a player: the scripts that every scene or this one can come to want, and their words."""
    return {
        "scripts": scripts(shared.assets, [*ALWAYS, *(script for script in SOMETIMES if script in wanted)]),
        "words": words_of(shared.assets, shared.messages, wanted),
    }


def player_beside(shared: State, asks: bool) -> bytes:
    """The script that stands beside figures and has everything that any can come to want of those that ask, or walk."""
    everything = set(SOMETIMES) if asks else {*SOMETIMES} - {QUESTIONS}
    player = packed(player_in(shared, everything))
    return f'globalThis.kernelwalkShared="{player}";{opener(shared.assets, everything)}'.encode()


def names_beside(shared: State) -> dict[bool, str]:
    """Its names, by whether figures ask, which tell all that it is made from; nothing is made to know them."""
    made_from = f"{shared.program} {prepared.name_of(read_all(FOLDER) | words_for_scripts(shared.messages))}"
    digests = {asks: hashlib.sha256(f"{made_from}{' asks' * asks}".encode()).hexdigest() for asks in (False, True)}
    return {asks: f"kernelwalk-player-{digest[:NAMED]}.js" for asks, digest in digests.items()}


def scripts(assets: Assets, paths: Iterable[str]) -> dict[str, str]:
    """As they are where nothing is fetched."""
    return {path: offline(path, assets.files[path].body.decode()) for path in paths}


def offline(path: str, text: str) -> str:
    """A script that finds others in its own file; the linker lets `import(` stand nowhere but before an address."""
    return IMPORTING.sub("kernelwalkBring(", text.replace("import.meta.url", f'"{HOST}/static/{path}"'))


def words_of(assets: Assets, messages: Messages, wanted: set[str]) -> dict[str, Any]:
    """All languages: the page around may change to another."""
    parts = ["element", *(part for script, part in WORDS.items() if script in wanted)]
    files = [f"{part}/{code}" for code in messages.languages if code != ENGLISH for part in parts]
    return {name: orjson.loads(assets.files[f"words/{name}.json"].body) for name in files}
