"""What is said at the door, before a request is read: to whoever comes too often, and by a server that is to stop."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import AWAY, Busy, Refusal, problem_of
from app.http.headers import own_path
from app.http.wire import wire_of
from app.lanes import CLIENT
from app.rates import client_of
from app.routes.errors import refuse, refused
from app.state import speech, state_of
from core.texts import Text

SOON = "1"  # seconds
STOPPING = Text("the server is being stopped: ask again in a moment")
ALIVE = "/healthz"
UNCOUNTED = (ALIVE, "/readyz", "/metrics", "/static/")


class Leaving:
    """Refuses all of a server that drains, but for those who ask whether it is alive, and what is beyond its rate."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wire = wire_of(scope) if scope["type"] == "http" else None
        CLIENT.set(client_of((scope.get("client") or ("",))[0]))
        if wire is None or not wire.draining or own_path(scope) == ALIVE:
            await self.counted(scope, receive, send)
            return
        request = Request(scope)
        told = problem_of(Refusal(AWAY, STOPPING, field="server"), speech(request))
        answer = refuse(request, AWAY, told, {"Retry-After": SOON, "Connection": "close"})
        await answer(scope, receive, send)

    async def counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What is within its client's rate; files of pages and what watches over the server are not counted."""
        answer: ASGIApp = self.app
        if scope["type"] == "http" and not own_path(scope).startswith(UNCOUNTED):
            request = Request(scope)
            try:
                await state_of(request).rates.count("requests")
            except Busy as error:
                answer = await refused(request, error)
        await answer(scope, receive, send)
