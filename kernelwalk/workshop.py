"""What this program has of a server: scenes and, for files, the whole application, asked without a connection."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, cached_property
from typing import Any, TypeVar, get_args, get_type_hints

from fastapi import FastAPI
from pydantic import BaseModel, ValidationError

from app.errors import MISTAKE, Refusal, problem_of
from app.evaluation import Scenes
from app.grammar import ENGLISH
from app.main import create_app
from app.messages import Messages, Speech, primary
from app.models.offline import OfflineQuery
from app.offline.asking import FOUND, Answer, Asker
from app.offline.player import names_beside, player_beside
from app.pictures.stores import store_of
from app.render.files import Wanted, file_of
from app.render.renderers import Renderers
from app.routes import offline, render
from app.routes.routing import described
from app.settings import Settings
from app.state import State, make_state
from core.errors import SceneError, unknown
from core.texts import in_english
from kernelwalk.refusals import Refused
from kernelwalk.tongue import system_language

T = TypeVar("T")

MOST_SECONDS, MOST_MEMORY = 60.0, 2_000_000_000  # of one call: nobody else waits here
FILES = "/render."


class Workshop:
    """Computes in this process; makes files with the application that a server would be."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.scenes = Scenes(settings, store_of(settings))
        self.messages = Messages(settings.locale, settings.prepared)
        self.lock = threading.Lock()

    @cached_property
    def state(self) -> State:
        """What the application shares; its scripts, which take a moment, are made with the first that is asked for."""
        here = Here(self.settings, self.scenes, self.messages)
        return replace(make_state(self.settings, late=True), scenes=self.scenes, renderers=here)

    @cached_property
    def app(self) -> FastAPI:
        """Made with the first answer that is asked for."""
        app = create_app(self.settings, self.state)
        app.router.routes.extend(offline.inside.routes)
        return app

    @cached_property
    def loop(self) -> asyncio.AbstractEventLoop:
        """In a thread of its own: a notebook's thread has a loop that runs already."""
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, name="kernelwalk", daemon=True).start()
        return loop

    def ask(self, path: str, words: Mapping[str, object], lang: str) -> Answer:
        """What a server would answer; a refusal is raised."""
        with self.lock:
            app, loop = self.app, self.loop
        found = waited(loop, Asker(app, lang).get(path, words))
        if found.status != FOUND:
            raise Refused(found.status, found.json())
        return found

    def file(self, form: str, words: Mapping[str, object], lang: str) -> bytes:
        """A figure as a file of a format."""
        if form not in forms():
            raise unknown("format", form, sorted(forms()))
        return self.ask(f"{FILES}{form}", {"lang": lang, **words}, lang).body

    def asks(self, words: Mapping[str, object]) -> bool:
        """Whether a page of these words asks a question; words that no page takes are refused when it is made."""
        try:
            return bool(OfflineQuery.model_validate(words).asking)
        except ValidationError:
            return False

    @cached_property
    def players(self) -> dict[bool, str]:
        """The names of the files that show pages which have no player of their own, by whether the page asks."""
        return names_beside(self.state)

    def player_file(self, asks: bool) -> bytes:
        return player_beside(self.state, asks)

    def page(self, player: str, words: Mapping[str, object], lang: str) -> bytes:
        """A figure as a page beside one of them."""
        return self.ask(f"{FILES}html/{player}", {"lang": lang, **words}, lang).body

    def speech(self, lang: str | None) -> Speech:
        """Speaks the language that is asked for, or that of the system."""
        code = primary(lang or system_language() or ENGLISH)
        if code in self.messages.languages:
            return self.messages.languages[code]
        if lang is not None:
            raise unknown("lang", lang, self.messages.languages)
        return self.messages.languages[ENGLISH]


class Here(Renderers):
    """Draws in this process: nobody's streams have to be kept from feeling it."""

    def __init__(self, settings: Settings, scenes: Scenes, messages: Messages) -> None:
        super().__init__(settings)
        self.scenes = scenes
        self.messages = messages

    async def file(self, wanted: Wanted) -> bytes:
        return await self.scenes.run(file_of, wanted, self.scenes, self.messages)


@contextmanager
def as_refused(speech: Speech | None = None) -> Iterator[None]:
    """What the application or the core refuses, raised as an error of this package, in a language."""
    try:
        yield
    except Refusal as error:
        raise Refused(error.status, problem_of(error, speech or in_english)) from None
    except SceneError as error:
        if speech is None or speech.code == ENGLISH or isinstance(error, Refused):
            raise
        raise Refused(MISTAKE, problem_of(error, speech)) from None


def waited(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    """The result of what runs on another thread's loop; ends it when this thread is told to stop."""
    working = asyncio.run_coroutine_threadsafe(work, loop)
    try:
        return working.result()
    except BaseException:
        working.cancel()
        raise


@cache
def forms() -> dict[str, type[BaseModel]]:
    """Every kind of file that the API makes, with the words that it may be asked."""
    routes = described([*render.routes.routes, *offline.routes.routes])
    return {
        route.path.removeprefix(FILES): get_args(get_type_hints(route.endpoint, include_extras=True)["words"])[0]
        for route in routes
        if route.path.startswith(FILES)
    }


@cache
def workshop() -> Workshop:
    """The one of this program; its limits are a person's own, unless KERNELWALK_ variables say otherwise."""
    told = Settings.from_environment()
    own = {"max_seconds": MOST_SECONDS, "max_memory": MOST_MEMORY}
    wider = {name: limit for name, limit in own.items() if name not in told.model_fields_set}
    return Workshop(told.model_copy(update=wider))


if hasattr(os, "register_at_fork"):  # a child has none of the threads that its parent's works with
    os.register_at_fork(after_in_child=workshop.cache_clear)
