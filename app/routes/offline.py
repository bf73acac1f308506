"""A scene as one HTML file; for who writes many beside each other, as a page that shares its player with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.http.requests import while_wanted
from app.http.responses import TIGHT, answer
from app.models.offline import OfflineQuery
from app.models.quiz import QuizFileQuery
from app.offline.page import POLICY, offline_page, page_beside
from app.offline.quiz import quiz_page
from app.offline.shelf import Shelf
from app.routes import routing
from app.routes.answers import Shared, kept
from app.routes.rendering import HTML
from app.routes.told import UNCHANGED, refusals
from app.state import State, language

routes = routing.router("pages")
inside = routing.router("pages")  # asked in this process alone: no server has the file that such a page needs

FILE = {200: {"content": {"text/html": {"schema": {"type": "string"}}}, "description": "One file that needs nothing"}}
FRAMED = {"Content-Security-Policy": f"{POLICY}; sandbox allow-scripts", "Cross-Origin-Resource-Policy": "cross-origin"}


@routing.reads(
    routes,
    "/render.html",
    summary="A figure in one file",
    responses={**FILE, **UNCHANGED, **refusals(400, 404, 413, 422)},
)
async def render_html(request: Request, words: Annotated[OfflineQuery, Query()], shared: Shared) -> Response:
    """The player with all its steps inside: opens from disk, in any frame, without a network."""
    return await filed(request, words, shared, lambda: offline_page(request, words))


async def filed(request: Request, words: BaseModel, shared: State, write: Callable[[], Awaitable[bytes]]) -> Response:
    """A file, which is kept by what was asked."""
    key = (shared.assets.version, language(request), words.model_dump_json(exclude={"lang"}))
    shelf: Shelf = request.app.state.shelf

    async def make() -> Response:
        body = await while_wanted(request, shelf.get((type(words).__name__, *key), write))
        return await shared.scenes.run(answer, request, body, HTML, headers=FRAMED, level=TIGHT)

    return await kept(request, key, make)


@routing.reads(
    routes,
    "/quiz.html",
    summary="Questions of several figures in one file",
    responses={**FILE, **UNCHANGED, **refusals(400, 404, 413, 422)},
)
async def quiz_html(request: Request, words: Annotated[QuizFileQuery, Query()], shared: Shared) -> Response:
    """What `/quiz` asks, with the questions of eight seeds, judged by the page itself."""
    return await filed(request, words, shared, lambda: quiz_page(request, words))


@inside.get("/render.html/{player}", include_in_schema=False)
async def render_beside(request: Request, player: str, words: Annotated[OfflineQuery, Query()]) -> Response:
    return Response(await page_beside(request, words, player), media_type=HTML)
