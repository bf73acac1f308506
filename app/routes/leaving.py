"""A server that is to stop says so before a request is read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import AWAY, Refusal, problem_of
from app.http.headers import own_path
from app.http.wire import wire_of
from app.lanes import CLIENT
from app.rates import client_of
from app.routes.errors import refuse
from app.state import speech
from core.texts import Text

SOON = "1"  # seconds
STOPPING = Text("the server is being stopped: ask again in a moment")
ALIVE = "/healthz"


class Leaving:
    """Refuses all while a server drains, but for those who ask whether it is alive."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wire = wire_of(scope) if scope["type"] == "http" else None
        CLIENT.set(client_of((scope.get("client") or ("",))[0]))
        if wire is None or not wire.draining or own_path(scope) == ALIVE:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        told = problem_of(Refusal(AWAY, STOPPING, field="server"), speech(request))
        answer = refuse(request, AWAY, told, {"Retry-After": SOON, "Connection": "close"})
        await answer(scope, receive, send)
