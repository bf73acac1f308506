"""Whether the server runs, and whether it can do its work: for proxies and whatever watches over it."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.http.responses import json_answer
from app.models.answers import Health
from app.routes.answers import Shared
from app.routes.routing import reads

READY, UNREADY = 200, 503

routes = APIRouter(tags=["health"])


@reads(routes, "/healthz", summary="Alive", responses={READY: {"model": Health}})
async def healthz(request: Request) -> Response:
    """Whether the server runs."""
    return json_answer(request, {"status": "ok"})


@reads(
    routes,
    "/readyz",
    summary="Ready",
    responses={READY: {"model": Health}, UNREADY: {"model": Health, "description": "Not ready"}},
)
async def readyz(request: Request, shared: Shared) -> Response:
    """Whether the server can do its work: its store can be written."""
    ready = await to_thread.run_sync(shared.store.writable)  # not behind work that waits for its turn
    status = "ok" if ready else "the store cannot be written"
    return json_answer(request, {"status": status}, READY if ready else UNREADY)
