"""How routes are registered: HEAD beside GET, queries without doubles, JSON bodies read strictly."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from app.http.requests import body_of, check_query
from app.http.strict_json import read_json
from app.state import State, state_of

Call = TypeVar("Call", bound=Callable[..., Any])
Handler = Callable[[Request], Coroutine[Any, Any, Response]]

QUICKLY_READ = 64 * 1024  # bytes of JSON that are read in less than a millisecond
DEFAULTS: dict[str, Any] = {"status_code": 200, "response_class": Response, "response_description": "Done"}
AS_JSON = [(b"content-type", b"application/json")]


class StrictRequest(Request):
    """A request whose JSON body has been read already."""

    posted: tuple[bytes, Any] = (b"", None)

    async def body(self) -> bytes:
        return self.posted[0]

    async def json(self) -> Any:
        return self.posted[1]


class StrictRoute(APIRoute):
    """A route that takes no query that reads in two ways, and no JSON that is too long, too slow or ambiguous."""

    def get_route_handler(self) -> Handler:
        inner, posted = super().get_route_handler(), self.body_field is not None

        async def handler(request: Request) -> Response:
            check_query(request)
            return await inner(await with_json(request) if posted else request)

        return handler


async def with_json(request: Request) -> StrictRequest:
    """The request with its body read, whatever type it says it has."""
    shared = state_of(request)
    body = await body_of(request, shared.settings.max_body, shared.settings.body_deadline)
    posted = await read_body(shared, body)
    if isinstance(posted, dict) and isinstance(posted.get("lang"), str):
        request.state.lang = posted["lang"]
    request.scope["headers"] = [*others(request), *AS_JSON]
    strict = StrictRequest(request.scope, request.receive)
    strict.posted = (body, posted)
    return strict


async def read_body(shared: State, body: bytes) -> Any:
    return read_json(body) if len(body) <= QUICKLY_READ else await shared.scenes.run(read_json, body)


def others(request: Request) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in request.scope["headers"] if name != b"content-type"]


def router(tag: str) -> APIRouter:
    """Routes of one subject."""
    return APIRouter(tags=[tag], route_class=StrictRoute)


def reads(routes: APIRouter, path: str, **told: Any) -> Callable[[Call], Call]:
    """A call by GET, and its headers by HEAD."""

    def register(call: Call) -> Call:
        routes.get(path, operation_id=f"get_{call.__name__}", **DEFAULTS | told)(call)
        routes.head(path, include_in_schema=False)(call)
        return call

    return register


def takes(routes: APIRouter, path: str, **told: Any) -> Callable[[Call], Call]:
    """A call by POST."""

    def register(call: Call) -> Call:
        name = f"post_{call.__name__.removeprefix('posted_')}"
        routes.post(path, operation_id=name, **DEFAULTS | told)(call)
        return call

    return register
