"""Long streams are opened a few at a time of each client, clients in turn: what is light never waits behind them."""

from __future__ import annotations

from contextlib import AsyncExitStack
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BAD, Busy
from app.http.headers import own_path
from app.http.wire import wire_of
from app.routes.errors import refused
from app.state import State, state_of
from app.wire.opening import BLOCK

STREAM = "/api/steps"


class Admitted:
    """Holds a place for each long stream, and refuses those for which its client has none left."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or own_path(scope) != STREAM or not is_long(scope):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        shared = state_of(request)
        try:
            with shared.streams.place():
                await self.opened(shared, scope, receive, send)
        except Busy as error:
            answer = await refused(request, error)
            await answer(scope, receive, send)

    async def opened(self, shared: State, scope: Scope, receive: Receive, send: Send) -> None:
        """Opens it when its turn comes, which lasts until its first line is sent."""
        async with AsyncExitStack() as opening:
            await opening.enter_async_context(shared.openings.mine())

            async def told(message: Message) -> None:
                if message["type"] == "http.response.body":
                    await opening.aclose()
                await send(message)

            wire = wire_of(scope)
            answer: ASGIApp = self.app if wire is None or wire.open else Response(status_code=BAD)
            await answer(scope, receive, told)


def is_long(scope: Scope) -> bool:
    """Whether more than a block of steps is asked for; of what is posted it is not known before it is read."""
    if scope["method"] != "GET":
        return bool(scope["method"] == "POST")
    words = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    start, stop, every = (words.get(name, given) for name, given in (("start", "0"), ("stop", ""), ("every", "1")))
    if not all(word.isascii() and word.isdigit() and len(word) < 16 for word in (start, stop, every)):
        return True
    return int(stop) - int(start) > BLOCK * max(1, int(every))
