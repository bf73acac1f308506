"""What the routes share: settings, pictures, scenes, files and languages, made once when the server starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from app.assets import Assets
from app.messages import Messages, language_of
from app.scenes import Scenes
from app.settings import Settings
from app.store import LocalStore


@dataclass(frozen=True, slots=True)
class Rooms:
    """One of everything."""

    settings: Settings
    store: LocalStore
    scenes: Scenes
    assets: Assets
    messages: Messages


def furnish(settings: Settings) -> Rooms:
    store = LocalStore(settings.store, settings.quota_bytes)
    return Rooms(settings, store, Scenes(settings, store), Assets(), Messages())


def rooms_of(request: Request) -> Rooms:
    rooms: Rooms = request.app.state.rooms
    return rooms


def language(request: Request) -> str:
    return language_of(request.query_params, request.headers)


def gettext(request: Request) -> Callable[[str], str]:
    """Speaks the language of the request."""
    return rooms_of(request).messages.gettext(language(request))
