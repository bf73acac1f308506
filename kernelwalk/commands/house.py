"""This very application, asked without a server: what the command line prints and writes is what the API answers."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlencode

import click
import orjson

from app.offline.asking import FOUND, Asker
from app.settings import SettingsError
from core.texts import Say, Text
from kernelwalk.commands.words import MISUSED, Mistake, Told
from kernelwalk.workshop import Workshop, workshop

WORKING = Text("working: {seconds} s")
SHOWN_AFTER = 0.5  # seconds


class House:
    """The application and a loop that it runs in."""

    def __init__(self, made: Workshop) -> None:
        self.app, self.program = made.app, made.state.program
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
    """The one that a command asks."""
    try:
        return House(workshop())
    except SettingsError as error:
        raise Mistake("{error}", MISUSED, error=error) from None


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
