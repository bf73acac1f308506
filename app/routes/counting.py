"""Whoever comes too often is told so before a request is read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import Busy
from app.http.headers import own_path
from app.routes.errors import refused
from app.routes.leaving import ALIVE
from app.state import state_of

UNCOUNTED = (ALIVE, "/readyz", "/metrics", "/static/")


class Counted:
    """Refuses what is beyond its client's rate; files of pages and what watches over the server are not counted."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self.app
        if scope["type"] == "http" and not own_path(scope).startswith(UNCOUNTED):
            request = Request(scope)
            try:
                await state_of(request).rates.count("requests")
            except Busy as error:
                answer = await refused(request, error)
        await answer(scope, receive, send)
