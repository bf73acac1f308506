"""This very application, asked without a server: what the command line prints and writes is what the API answers."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

import click
import orjson

from app.main import create_app
from app.offline.asking import FOUND, Asker
from app.settings import Settings, SettingsError
from app.state import make_state
from core.texts import Say, Text
from kernelwalk.commands.words import MISUSED, Mistake, Told
from kernelwalk.workshop import MOST_MEMORY, MOST_SECONDS, Here

WORKING = Text("working: {seconds} s")
SHOWN_AFTER = 0.5  # seconds


class House:
    """The application and a loop that it runs in."""

    def __init__(self, settings: Settings) -> None:
        state = make_state(settings, late=True)
        self.messages, self.program = state.messages, state.program
        self.app = create_app(settings, replace(state, renderers=Here(settings, state.scenes, state.messages)))
        self.runner = asyncio.Runner()

    def pour(self, path: str, words: Mapping[str, object], lang: str, write: Callable[[bytes], object]) -> None:
        """Writes what a server would answer, as it comes.

        Refuses  what it refuses (Told), with the sentence that it would answer
        """
        query = urlencode({name: str(word) for name, word in words.items()}).encode()
        answer = self.runner.run(Asker(self.app, lang).pour("GET", path, query, b"", write))
        if answer.status != FOUND:
            raise Told(answer.json()["detail"])


@cache
def house() -> House:
    """The one that a command asks; its limits are a person's own, unless KERNELWALK_ variables say otherwise."""
    try:
        told = Settings.from_environment()
    except SettingsError as error:
        raise Mistake("{error}", MISUSED, error=error) from None
    most = {"max_seconds": MOST_SECONDS, "max_memory": MOST_MEMORY}
    own = {name: value for name, value in most.items() if name not in told.model_fields_set}
    return House(told.model_copy(update=own))


def code_of(say: Say) -> str:
    return str(getattr(say, "code", "en"))


def pour(path: str, words: Mapping[str, object], say: Say, write: Callable[[bytes], object]) -> None:
    house().pour(path, words, code_of(say), write)


def asked(path: str, words: Mapping[str, object], say: Say) -> bytes:
    """The whole answer, waited for."""
    parts: list[bytes] = []
    with waiting(say):
        pour(path, words, say, parts.append)
    return b"".join(parts)


def told(path: str, words: Mapping[str, object], say: Say) -> Any:
    return orjson.loads(asked(path, words, say))


@contextmanager
def waiting(say: Say) -> Iterator[None]:
    """On a terminal, how long it has taken so far; nothing anywhere else, and nothing of it remains."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()

    def tell() -> None:
        seconds = 0.0
        while not done.wait(SHOWN_AFTER):
            seconds += SHOWN_AFTER
            click.echo(f"\r\x1b[K{say(WORKING, seconds=int(seconds))}", err=True, nl=False)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
        click.echo("\r\x1b[K", err=True, nl=False)
