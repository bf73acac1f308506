"""Puts the server together: `create_app(settings)`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Route

from app import api, pages, refusing
from app.encoder import encode
from app.opening import opening
from app.rooms import Rooms, furnish
from app.security import Security
from app.settings import Settings

TITLE, VERSION = "Kernelwalk", "0.1.0"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole application; without settings, with their defaults."""
    rooms = furnish(settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await rooms.scenes.run(warm_up, rooms)
        yield
        rooms.scenes.pool.shutdown(wait=False, cancel_futures=True)

    app = FastAPI(title=TITLE, version=VERSION, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.rooms = rooms
    app.add_middleware(Security)
    app.router.routes.append(Route("/static/{path:path}", rooms.assets.serve, methods=["GET"], name="static"))
    api.register(app)
    pages.register(app, rooms.messages)
    refusing.register(app)
    return app


def warm_up(rooms: Rooms) -> None:
    """Makes what the first visitor would wait for: the default picture, tables of digits."""
    scene = rooms.scenes.read(pages.DEFAULT_SCENE)
    opening(rooms.scenes, scene, 0, 0, str)
    trace = rooms.scenes.trace(scene, 0)
    encode(trace.batch(0, min(len(trace), 16)).columns)
