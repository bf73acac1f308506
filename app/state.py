"""What the routes share: settings, pictures, scenes, files and languages, made once when the server starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request

from app.assets import Assets
from app.evaluation import Scenes
from app.http.responses import json_text
from app.messages import LANGUAGES, Messages, language_of
from app.pictures.store import LocalStore
from app.settings import Settings

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class State:
    """One of each."""

    settings: Settings
    store: LocalStore
    scenes: Scenes
    assets: Assets
    messages: Messages
    program: str  # names the Python that answers: what it once said may be kept only as long as it is the same


def make_state(settings: Settings) -> State:
    store, messages = LocalStore(settings.store, settings.quota_bytes), Messages()
    words = {f"words/{spoken}.json": json_text(messages.script_texts(spoken)) for spoken in LANGUAGES}
    return State(settings, store, Scenes(settings, store), Assets(made=words), messages, program_version())


def program_version(root: Path = ROOT) -> str:
    """A name for the code and the languages that make answers; another one with any change to them."""
    files = [
        file
        for room, kind in (("core", "py"), ("app", "py"), ("locale", "po"))
        for file in (root / room).rglob(f"*.{kind}")
    ]
    digest = sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def state_of(request: Request) -> State:
    state: State = request.app.state.shared
    return state


def language(request: Request) -> str:
    return language_of(request.query_params, request.headers)


def gettext(request: Request) -> Callable[[str], str]:
    """Speaks the language of the request."""
    return state_of(request).messages.gettext(language(request))
