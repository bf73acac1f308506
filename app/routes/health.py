"""Whether the server runs, and whether it can do its work: for proxies and whatever watches over it."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from app import metrics
from app.http.responses import answer, json_answer
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
    "/metrics",
    summary="What the server counts",
    responses={READY: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def counted(request: Request) -> Response:
    """Requests, streams, queues, refusals and times, in the form that Prometheus reads; nothing of a person."""
    return answer(request, await to_thread.run_sync(metrics.text), CONTENT_TYPE_LATEST)


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
