"""A scene as one HTML file; for who writes many beside each other, as a page that shares its player with them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from app.http.requests import while_wanted
from app.http.responses import TIGHT, answer
from app.models.offline import OfflineQuery
from app.offline.page import POLICY, offline_page, page_beside
from app.offline.shelf import Shelf
from app.routes import routing
from app.routes.answers import Shared, kept
from app.routes.rendering import HTML
from app.routes.told import UNCHANGED, refusals
from app.state import language

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
    key = (shared.assets.version, language(request), words.model_dump_json())
    shelf: Shelf = request.app.state.shelf

    async def make() -> Response:
        body = await while_wanted(request, shelf.get(("page", *key), lambda: offline_page(request, words)))
        return await shared.scenes.run(answer, request, body, HTML, headers=FRAMED, level=TIGHT)

    return await kept(request, key, make)


@inside.get("/render.html/{player}", include_in_schema=False)
async def render_beside(request: Request, player: str, words: Annotated[OfflineQuery, Query()]) -> Response:
    return Response(await page_beside(request, words, player), media_type=HTML)
