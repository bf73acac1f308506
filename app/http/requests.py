"""What arrives: bodies of bounded size and slowness, queries without doubles, and clients that have left."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from app.budget import LEFT
from app.errors import BAD, SLOW, TOO_LARGE, Refusal
from core.errors import SceneError

T = TypeVar("T")

MOST_WORDS = 64
NO_LETTER = "\ufffd"  # stands where bytes were no UTF-8
PIECE = 1024  # bytes of a body that must arrive, or its end, before each deadline
LARGEST_FORGOTTEN = 64 * 1024 * 1024


def check_query(request: Request) -> None:
    """Refuses a query that can be read in more than one way."""
    said = request.query_params.multi_items()
    if len(said) > MOST_WORDS or (NO_LETTER in str(said) and not is_text(request.url.query)):
        rule = "the query is not readable: it must be UTF-8, name=value, joined by &"
        raise Refusal(BAD, rule, field="query")
    check_doubles(said)


def check_doubles(said: list[tuple[str, str]]) -> None:
    """Refuses words of which one is said twice."""
    if len({name for name, _ in said}) < len(said):
        names = [name for name, _ in said]
        name, value = next(pair for place, pair in enumerate(said) if pair[0] in names[:place])
        raise SceneError(name, value, "is given twice")


def is_text(query: str) -> bool:
    try:
        parse_qsl(query, errors="strict")
    except ValueError:
        return False
    return True


async def body_of(request: Request, limit: int, deadline: float) -> bytes:
    """The body, refused as soon as it is known to be too long, or when a piece of it takes longer than the deadline."""
    announced = request.headers.get("content-length", "0")
    if not announced.isascii() or not announced.isdigit():
        raise too_large(limit, None)
    try:
        if int(announced) > limit:
            await let_finish(request, int(announced), deadline)
            raise too_large(limit, int(announced))
        return await gathered(request, limit, deadline)
    except TimeoutError:
        rule = "the body came too slowly: {piece} bytes must arrive in {seconds:g} seconds"
        raise Refusal(SLOW, rule, field="body", piece=PIECE, seconds=deadline) from None
    except ClientDisconnect:
        raise Refusal(BAD, "the body ended too early", field="body") from None


async def gathered(request: Request, limit: int, deadline: float) -> bytes:
    body, loop = bytearray(), asyncio.get_running_loop()
    async with asyncio.timeout(deadline) as allowed:
        due = PIECE
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise too_large(limit, len(body))
            if len(body) >= due:
                due = len(body) + PIECE
                allowed.reschedule(loop.time() + deadline)
    return bytes(body)


def too_large(limit: int, size: int | None) -> Refusal:
    return Refusal(TOO_LARGE, "the body is larger than {limit} bytes", field="body", value=size, limit=limit)


async def let_finish(request: Request, announced: int, deadline: float) -> None:
    """Reads and forgets a refused body of bearable length: a client that is still sending reads no answer.

    A client that asks first whether to send (Expect: 100-continue) is told no before it does.
    """
    if announced > LARGEST_FORGOTTEN or "expect" in request.headers:
        return
    async with asyncio.timeout(deadline):
        async for _ in request.stream():
            pass


async def while_wanted(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives; the work of a client that has gone away is given up, whether or not it has begun."""
    abandoned = threading.Event()
    LEFT.set(abandoned)
    working, gone = asyncio.ensure_future(work), asyncio.ensure_future(left(request.receive))
    try:
        await asyncio.wait((working, gone), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise HTTPException(BAD)
        return working.result()
    finally:
        if not working.done():
            abandoned.set()
        gone.cancel()
        working.cancel()


async def left(receive: Receive) -> None:
    """Returns when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
