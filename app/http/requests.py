"""What a request may say: words read by one table, from the query or from a JSON body; all else is refused."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from app.errors import BAD, SLOW, TOO_LARGE, Refusal
from core.errors import SceneError, unknown

T = TypeVar("T")

WHOLE = re.compile(r"-?[0-9]{1,15}")
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
MOST_WORDS = 64
DEEPEST = 24
LARGEST_FORGOTTEN = 64 * 1024 * 1024
TRUE, FALSE = ("1", "true", "yes"), ("0", "false", "no")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a request: what it means, what it may be, what it is when not said."""

    name: str
    kind: str  # scene, text, integer, choice, flag, list
    help: str
    default: Any = None
    minimum: int | None = None
    choices: tuple[str, ...] = field(default=())
    required: bool = False

    def read(self, value: object) -> Any:
        given = READERS[self.kind](self, value)
        if self.choices and given not in self.choices:
            raise unknown(self.name, str(given), self.choices)
        if self.minimum is not None and given < self.minimum:
            raise SceneError(self.name, given, "must be at least {minimum}", minimum=self.minimum)
        return given

    def schema(self) -> dict[str, Any]:
        """The word in OpenAPI's terms."""
        schema: dict[str, Any] = {"type": TYPES[self.kind]}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.minimum is not None:
            schema["minimum"] = self.minimum
        if self.default is not None:
            schema["default"] = self.default
        return schema

    def told(self) -> dict[str, Any]:
        """The word as a parameter of a query, in OpenAPI's terms."""
        return {
            "name": self.name,
            "in": "query",
            "required": self.required,
            "description": self.help,
            "schema": self.schema(),
        }


LANG = Word(
    "lang", "text", "language of refusals and warnings, such as ko; else the one that Accept-Language likes best"
)


def read_scene(word: Word, value: object) -> Any:
    if not isinstance(value, str | dict):
        raise SceneError(word.name, value, "must be a scene line or a JSON scene")
    return value


def read_text(word: Word, value: object) -> str:
    if not isinstance(value, str):
        raise SceneError(word.name, value, "must be text")
    return value


def read_whole(word: Word, value: object) -> int:
    if isinstance(value, str) and WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 10**15:
        raise SceneError(word.name, value, "must be a whole number")
    return value


def read_flag(word: Word, value: object) -> bool:
    if value is True or value in TRUE:
        return True
    if value is False or value in FALSE:
        return False
    raise SceneError(word.name, value, "must be 1 or 0")


def read_list(word: Word, value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_WORDS:
        raise SceneError(word.name, value, "must be a list of at most {most}", most=MOST_WORDS)
    return value


READERS: dict[str, Callable[[Word, object], Any]] = {
    "scene": read_scene,
    "text": read_text,
    "choice": read_text,
    "integer": read_whole,
    "flag": read_flag,
    "list": read_list,
}
TYPES = {
    "scene": "string",
    "text": "string",
    "choice": "string",
    "integer": "integer",
    "flag": "boolean",
    "list": "array",
}


def read_words(given: Mapping[str, object], words: tuple[Word, ...]) -> dict[str, Any]:
    """Every word of the table, read or by default; a word that is not in the table is refused."""
    known = {word.name: word for word in (*words, LANG)}
    for name in given:
        if name not in known:
            raise unknown("request", name, known)
    for word in words:
        if word.required and given.get(word.name) in (None, ""):
            raise SceneError(word.name, given.get(word.name, ""), "must be given: {help}", help=word.help)
    return {
        name: word.read(given[name]) if given.get(name) is not None else word.default for name, word in known.items()
    }


def query_words(request: Request, words: tuple[Word, ...]) -> dict[str, Any]:
    """The words of the query."""
    try:
        pairs = parse_qsl(
            request.url.query, keep_blank_values=True, strict_parsing=False, errors="strict", max_num_fields=MOST_WORDS
        )
    except ValueError:
        raise Refusal(BAD, "the query is not readable: it must be UTF-8, name=value, joined by &") from None
    given: dict[str, object] = {}
    for name, value in pairs:
        if name in given:
            raise SceneError(name, value, "is given twice")
        given[name] = value
    return read_words(given, words)


async def asked(request: Request, words: tuple[Word, ...], limit: int, deadline: float) -> dict[str, Any]:
    """The words of a request: of the query, or of a JSON body when it is a POST."""
    language = query_words(request, () if request.method == "POST" else words)
    if request.method != "POST":
        return language
    given = read_json(await body_of(request, limit, deadline))
    if not isinstance(given, dict):
        raise Refusal(BAD, "the body must be a JSON object, such as {example}", example='{"scene": "cat 64 | sobel"}')
    return read_words(given, words)


async def body_of(request: Request, limit: int, deadline: float) -> bytes:
    """The body, refused as soon as it is known to be too long or too slow."""
    too_large = Refusal(TOO_LARGE, "the body is larger than {limit} bytes", limit=limit)
    announced = request.headers.get("content-length", "0")
    if not announced.isascii() or not announced.isdigit():
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(deadline):
            if int(announced) > limit:
                await let_finish(request, int(announced))
                raise too_large
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise too_large
    except TimeoutError:
        raise Refusal(SLOW, "the body took longer than {seconds} seconds to arrive", seconds=deadline) from None
    except ClientDisconnect:
        raise Refusal(BAD, "the body ended too early") from None
    return bytes(body)


async def let_finish(request: Request, announced: int) -> None:
    """Reads and forgets a refused body of bearable length: a client that is still sending reads no answer.

    A client that asks first whether to send (Expect: 100-continue) is told no before it does.
    """
    if announced > LARGEST_FORGOTTEN or "expect" in request.headers:
        return
    async for _ in request.stream():
        pass


async def while_wanted(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives; of a client that has gone away, work that waits for its turn is given up."""
    working, gone = asyncio.ensure_future(work), asyncio.ensure_future(left(request.receive))
    try:
        await asyncio.wait((working, gone), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise HTTPException(BAD)
        return working.result()
    finally:
        gone.cancel()
        working.cancel()


async def left(receive: Receive) -> None:
    """Returns when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def read_json(body: bytes) -> Any:
    """Strict JSON: no NaN, no infinity, nothing nested beyond reason."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refusal(BAD, "the body is not JSON: {reason}", reason=str(error)) from None
    if deeper_than(value, DEEPEST):
        raise Refusal(BAD, "the body is nested deeper than {deepest} levels", deepest=DEEPEST)
    return value


def deeper_than(value: Any, levels: int) -> bool:
    """Level by level, so that no depth can exhaust the stack."""
    level = [value]
    for _ in range(levels):
        level = [
            inner
            for outer in level
            if isinstance(outer, list | dict)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, list | dict)
        ]
        if not level:
            return False
    return True
