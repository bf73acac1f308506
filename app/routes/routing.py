"""How routes are registered: HEAD beside GET, queries without doubles, JSON bodies read strictly."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator
from typing import Any, TypeVar

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from app.http.requests import body_of, check_query
from app.http.strict_json import read_json
from app.lanes import weigh
from app.state import State, state_of

Call = TypeVar("Call", bound=Callable[..., Any])
Handler = Callable[[Request], Coroutine[Any, Any, Response]]

QUICKLY_READ = 64 * 1024  # bytes of JSON that are read in some milliseconds
BYTE_READ = 0.2e-6  # seconds, of one processor that others want too
DEFAULTS: dict[str, Any] = {"status_code": 200, "response_class": Response, "response_description": "Done"}
DESCRIBED: dict[tuple[str, Callable[..., Any]], tuple[str, dict[str, Any]]] = {}  # by address and function
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
    return read_json(body) if len(body) <= QUICKLY_READ else await shared.scenes.run(long_json, body)


def long_json(body: bytes) -> Any:
    weigh(BYTE_READ * len(body))
    return read_json(body)


def others(request: Request) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in request.scope["headers"] if name != b"content-type"]


def router(tag: str) -> APIRouter:
    """Routes of one subject."""
    return APIRouter(tags=[tag], route_class=StrictRoute)


def reads(routes: APIRouter, path: str, **told: Any) -> Callable[[Call], Call]:
    """A call by GET, and its headers by HEAD."""

    def register(call: Call) -> Call:
        serve(routes, path, call, ["GET", "HEAD"], told)
        describe(routes, path, call, "GET", told)
        return call

    return register


def takes(routes: APIRouter, path: str, **told: Any) -> Callable[[Call], Call]:
    """A call by POST."""

    def register(call: Call) -> Call:
        serve(routes, path, call, ["POST"], told)
        describe(routes, path, call, "POST", told)
        return call

    return register


def serve(routes: APIRouter, path: str, call: Callable[..., Any], methods: list[str], told: dict[str, Any]) -> None:
    """Without what a description tells of the call: the models of all answers take long to make."""
    status = told.get("status_code", DEFAULTS["status_code"])
    given = DEFAULTS | {"status_code": status}
    routes.add_api_route(path, call, methods=methods, include_in_schema=False, **given)


def describe(routes: APIRouter, path: str, call: Callable[..., Any], method: str, told: dict[str, Any]) -> None:
    if routes.include_in_schema:
        name = f"{method.lower()}_{call.__name__.removeprefix('posted_')}"
        DESCRIBED[path, call] = method, {"operation_id": name} | told


def described(routes: Iterable[BaseRoute]) -> Iterator[APIRoute]:
    """Routes as a description tells of them, made when one is asked for."""
    for route in routes:
        if isinstance(route, APIRoute) and (route.path, route.endpoint) in DESCRIBED:
            method, told = DESCRIBED[route.path, route.endpoint]
            yield APIRoute(route.path, route.endpoint, methods=[method], tags=route.tags, **DEFAULTS | told)
