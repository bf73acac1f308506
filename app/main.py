"""Puts the server together: `create_app(settings)`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Route

from app import traces
from app.grammar import ENGLISH
from app.http.headers import Security
from app.http.watched import Watched
from app.mappers import Mappers
from app.offline.shelf import Shelf
from app.pictures.normalise import check_decoders
from app.pictures.store import StoreError
from app.routes import (
    arrays,
    backward,
    catalogues,
    errors,
    files,
    health,
    learning,
    lesson,
    matrices,
    networks,
    oembed,
    offline,
    pages,
    pictures,
    questions,
    quiz,
    reference,
    render,
    scenes,
    steps,
)
from app.routes.admitting import Admitted
from app.routes.counting import Counted
from app.routes.description import ABOUT, TAGS, DescribedApp
from app.routes.leaving import Leaving
from app.routes.rendering import environments
from app.settings import Settings
from app.state import State, make_state
from app.wire.encoder import encode
from app.wire.opening import DEFAULT_SCENE, opening
from core.errors import SceneError
from core.networks.sets import weight_sets

TITLE, VERSION = "Kernelwalk", "0.1.0"
PRUNE_EVERY = 3600.0  # seconds
SUBJECTS = (
    steps,
    backward,
    scenes,
    arrays,
    questions,
    matrices,
    files,
    pictures,
    catalogues,
    networks,
    oembed,
    offline,
    health,
    learning,
    lesson,
    pages,
    quiz,
    reference,
    render,  # last, as it knows what formats there are not
)

log = logging.getLogger("kernelwalk")


def create_app(settings: Settings | None = None, state: State | None = None) -> FastAPI:
    """The whole application; without settings, with their defaults, unless somebody brings what it shares."""
    state = state or make_state(settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        traces.start()
        check_decoders()
        weight_sets()  # a damaged file is told of before anything is served
        state.decoders.start()
        state.scenes.mappers = Mappers(state.settings)
        try:
            await state.scenes.run(warm_up, state)
        except SceneError as error:  # under tight limits the other scenes are still served
            log.warning("the default scene is more than the limits allow: %s", error)
        pruning = asyncio.ensure_future(prune_for_ever(state))
        yield
        pruning.cancel()
        state.decoders.close()
        state.renderers.close()
        state.scenes.close()
        traces.stop()

    app = DescribedApp(
        title=TITLE,
        version=VERSION,
        description=ABOUT,
        openapi_tags=TAGS,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    app.state.shared = state
    app.add_middleware(Admitted)
    app.add_middleware(Counted)
    app.add_middleware(Leaving)
    app.add_middleware(Security, hosts=state.hosts)
    app.add_middleware(Watched)
    app.router.routes.append(Route("/static/{path:path}", state.assets.serve, methods=["GET"], name="static"))
    app.state.templates = environments(state.messages)
    app.state.shelf = Shelf(state.scenes.cache)
    for subject in SUBJECTS:
        app.router.routes.extend(subject.routes.routes)  # flat: a router in a router is searched at each request
    errors.register(app)
    return app


def warm_up(state: State) -> None:
    """Makes what the first visitor would wait for: the default picture, tables of digits."""
    scene = state.scenes.read(DEFAULT_SCENE)
    opening(state.scenes, scene, 0, 0, state.messages.languages[ENGLISH])
    trace = state.scenes.trace(scene, 0)
    encode(trace.batch(0, min(len(trace), 16)).columns)


async def prune_for_ever(state: State) -> None:
    """Removes, now and every hour, the uploads that are older than the operator keeps them."""
    while state.settings.keep_days:
        try:
            removed = await state.scenes.run(state.store.prune, state.settings.keep_days)
            log.info("removed %d uploads older than %g days", len(removed), state.settings.keep_days)
        except StoreError as error:
            log.warning("old uploads were not removed: %s", error)
        await asyncio.sleep(PRUNE_EVERY)
