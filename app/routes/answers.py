"""What handlers share: the state of the server, the language, and answers that the client may have already."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from app.http.responses import JSON, LONG, answer, entity_tag, is_known, json_text, validators
from app.state import State, language, state_of


async def shared_state(request: Request) -> State:
    return state_of(request)


Shared = Annotated[State, Depends(shared_state)]


def root_of(request: Request) -> str:
    """The path under which a proxy mounts us."""
    return str(request.scope.get("root_path", ""))


async def kept(
    request: Request, parts: tuple[object, ...], make: Callable[[], Awaitable[Response]], cache: str = LONG
) -> Response:
    """The answer that `make` gives and that depends on these parts alone; none for a client that has it already."""
    tag = entity_tag(state_of(request).program, language(request), request.url.path, *parts)
    if is_known(request, tag):
        return Response(status_code=304, headers=validators(request, tag, cache))
    response = await make()
    response.headers.update(validators(request, tag, cache))
    return response


async def kept_json(request: Request, content: Any) -> Response:
    """An answer that is made sooner than it is recognised."""
    body = json_text(content)

    async def make() -> Response:
        return answer(request, body, JSON)

    return await kept(request, (body,), make)
