"""What the routes share: settings, pictures, scenes, files and languages, made once when the server starts."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.requests import Request

from app.assets import Assets
from app.evaluation import Scenes
from app.http.hosts import Hosts
from app.http.responses import json_text
from app.messages import Messages, Speech
from app.pictures.decoders import Decoders
from app.pictures.store import Store
from app.pictures.stores import store_of
from app.rates import Rates
from app.render.renderers import Renderers
from app.settings import LOCALE, Settings
from app.shares import STREAMING, Shares
from app.wire.pacing import Turns

ROOT = Path(__file__).parent.parent
VIEWS = ("static/views/", "static/words/")  # where the words of the linked views stand


@dataclass(frozen=True, slots=True)
class State:
    """One of each."""

    settings: Settings
    store: Store
    scenes: Scenes
    decoders: Decoders
    renderers: Renderers
    assets: Assets
    messages: Messages
    hosts: Hosts
    uploads: Shares
    rates: Rates
    program: str  # names the Python that answers: what it once said may be kept only as long as it is the same
    streams: Shares  # long ones
    openings: Turns  # of those who open long streams
    turns: Turns  # of those who read streams


def make_state(settings: Settings, late: bool = False) -> State:
    """One of each; of what is not a server, the static files are made `late`, with the first that is asked for."""
    store, messages = store_of(settings), Messages(settings.locale, settings.prepared)
    program = program_version(locale=settings.locale)
    assets = (
        LateAssets(messages, settings) if late else Assets(made=words_for_scripts(messages), kept=settings.prepared)
    )
    scenes, decoders, renderers = Scenes(settings, store), Decoders(settings), Renderers(settings)
    hosts, uploads = Hosts(settings.allowed_hosts), Shares(settings.uploads, settings.uploads_a_client)
    streams = Shares(settings.max_connections, settings.streams_a_client, STREAMING)
    rates, openings = Rates(settings), Turns()
    return State(
        settings,
        store,
        scenes,
        decoders,
        renderers,
        assets,
        messages,
        hosts,
        uploads,
        rates,
        program,
        streams,
        openings,
        Turns(before=openings),
    )


class LateAssets(Assets):
    """Read, linked and compressed when the first of them is asked for: that takes seconds."""

    def __init__(self, messages: Messages, settings: Settings) -> None:
        self.messages = messages
        self.settings = settings

    def __getattr__(self, name: str) -> Any:
        if name not in ("version", "files"):
            raise AttributeError(name)
        super().__init__(made=words_for_scripts(self.messages), kept=self.settings.prepared)
        return getattr(self, name)


def words_for_scripts(messages: Messages) -> dict[str, bytes]:
    """What pages and elements fetch: all texts of scripts, those of the element alone, those of the linked views."""
    return {
        f"words/{part}/{code}.json": json_text(texts)
        for code, speech in messages.languages.items()
        for part, texts in (
            ("page", speech.texts_of("static/")),
            ("element", speech.element_texts),
            ("views", speech.texts_of(VIEWS)),
            ("questions", speech.texts_of("static/questions/")),
        )
    }


def program_version(root: Path = ROOT, locale: Path = LOCALE) -> str:
    """A name for the code and the languages that make answers; another one with any change to them."""
    files = [
        file
        for room, kind in ((root / "core", "py"), (root / "app", "py"), (locale, "po"))
        for file in room.rglob(f"*.{kind}")
    ]
    digest = sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def state_of(request: Request) -> State:
    state: State = request.app.state.shared
    return state


def language(request: Request) -> str:
    """That of a posted body before that of the query before that of the browser."""
    posted = getattr(request.state, "lang", None)
    query = {"lang": posted} if posted else request.query_params
    return state_of(request).messages.language_of(query, request.headers)


def speech(request: Request) -> Speech:
    """Speaks the language of the request."""
    return state_of(request).messages.languages[language(request)]
