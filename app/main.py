"""Puts the server together: `create_app(settings)`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Route

from app.http.headers import Security
from app.pictures.normalise import check_decoders
from app.pictures.store import StoreError
from app.routes import api, errors, pages
from app.settings import Settings
from app.state import Rooms, furnish
from app.wire.encoder import encode
from app.wire.opening import DEFAULT_SCENE, opening

TITLE, VERSION = "Kernelwalk", "0.1.0"
PRUNE_EVERY = 3600.0  # seconds

log = logging.getLogger("kernelwalk")


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole application; without settings, with their defaults."""
    rooms = furnish(settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        check_decoders()
        await rooms.scenes.run(warm_up, rooms)
        pruning = asyncio.ensure_future(prune_for_ever(rooms))
        yield
        pruning.cancel()
        rooms.scenes.close()

    app = FastAPI(title=TITLE, version=VERSION, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.rooms = rooms
    app.add_middleware(Security)
    app.router.routes.append(Route("/static/{path:path}", rooms.assets.serve, methods=["GET"], name="static"))
    api.register(app)
    pages.register(app, rooms.messages)
    errors.register(app)
    return app


def warm_up(rooms: Rooms) -> None:
    """Makes what the first visitor would wait for: the default picture, tables of digits."""
    scene = rooms.scenes.read(DEFAULT_SCENE)
    opening(rooms.scenes, scene, 0, 0, str)
    trace = rooms.scenes.trace(scene, 0)
    encode(trace.batch(0, min(len(trace), 16)).columns)


async def prune_for_ever(rooms: Rooms) -> None:
    """Removes, now and every hour, the uploads that are older than the operator keeps them."""
    while rooms.settings.keep_days:
        try:
            removed = await rooms.scenes.run(rooms.store.prune, rooms.settings.keep_days)
            log.info("removed %d uploads older than %g days", len(removed), rooms.settings.keep_days)
        except StoreError as error:
            log.warning("old uploads were not removed: %s", error)
        await asyncio.sleep(PRUNE_EVERY)
