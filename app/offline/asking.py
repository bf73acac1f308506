"""Asks this very server, without a connection: what a file carries is what the server answers, byte for byte."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.types import ASGIApp, Message, Scope

FOUND = 200


async def left(gone: asyncio.Event) -> Message:
    """Who asks here waits for the whole answer, unless it cannot be written."""
    await gone.wait()
    return {"type": "http.disconnect"}


@dataclass(slots=True)
class Answer:
    """A whole answer."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        return orjson.loads(self.body)


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks an application in a language."""

    app: ASGIApp
    language: str

    async def get(self, path: str, words: Mapping[str, object]) -> Answer:
        return await self.ask("GET", path, urlencode({name: str(word) for name, word in words.items()}).encode(), b"")

    async def post(self, path: str, content: Mapping[str, object]) -> Answer:
        return await self.ask("POST", path, b"", orjson.dumps(content))

    async def ask(self, method: str, path: str, query: bytes, body: bytes) -> Answer:
        parts: list[bytes] = []
        answer = await self.pour(method, path, query, body, parts.append)
        answer.body += b"".join(parts)
        return answer

    async def pour(self, method: str, path: str, query: bytes, body: bytes, write: Callable[[bytes], object]) -> Answer:
        """The same, its body written as it comes; a refusal stays in the answer. Who cannot write any more has left."""
        answer, failures, gone = Answer(), list[OSError](), asyncio.Event()
        asked = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Message:
            return next(asked, None) or await left(gone)

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
            elif message["type"] == "http.response.body":
                part: bytes = message.get("body", b"")
                if answer.status != FOUND:
                    answer.body += part
                elif not failures:
                    try:
                        write(part)
                    except OSError as failure:
                        failures.append(failure)
                        gone.set()

        # a task of its own: what an answer leaves in its context is not of the next one's
        await asyncio.ensure_future(self.app(self.scope(method, path, query, body), receive, send))
        if failures:
            raise failures[0]
        return answer

    def scope(self, method: str, path: str, query: bytes, body: bytes) -> Scope:
        headers = [(b"host", b"localhost"), (b"accept-language", self.language.encode())]
        if body:
            headers += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query,
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 0),
            "server": ("localhost", 80),
            "extensions": {},
            "state": {},
        }
