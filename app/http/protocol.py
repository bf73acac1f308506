"""HTTP as uvicorn speaks it, with two limits that it lacks: how long and how large the head of a request may be."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import problem
from app.http.responses import json_text
from app.http.wire import ARRIVING, WIRE, Wire

LARGEST_HEAD = 256 * 1024
LINGER = 5.0  # seconds a refused client gets to read why


def answer_text(status: str, detail: str, again: int = 0) -> bytes:
    """The whole answer; nothing is known yet of the request, so that it is in English."""
    body = json_text(problem(detail, "request", None, detail))
    head = (
        f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
        f"{f'retry-after: {again}{chr(13)}{chr(10)}' if again else ''}"
        "x-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body


TOO_LARGE = answer_text(
    "431 Request Header Fields Too Large", "the address and headers of the request are too long: POST the scene as JSON"
)
NOT_HTTP = answer_text("400 Bad Request", "this is not an HTTP request that can be read")
TOO_MANY = answer_text("503 Service Unavailable", "too many connections are open: try again in a moment", 1)
TOO_SLOW = answer_text("408 Request Timeout", "the head of the request took too long to arrive")


class BoundedProtocol(HttpToolsProtocol):
    """Refuses heads that are too slow or too large; lets a stream know the connection that it is sent through."""

    head_bytes = 0
    in_head = True
    refused = False
    head_timer: asyncio.TimerHandle | None = None
    wire: Wire
    read_deadline = 10.0
    most_connections = 8192

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        ARRIVING.count += 1
        self.wire = Wire(transport, self.flow, self.server_state)
        if len(self.connections) > self.most_connections:
            self.refused = True
            self.transport.write(TOO_MANY)
            self.transport.close()
            return
        self.expect_head()

    def expect_head(self) -> None:
        self.in_head, self.head_bytes = True, 0
        self.stop_timer()
        self.head_timer = self.loop.call_later(self.read_deadline, self.refuse, TOO_SLOW)

    def stop_timer(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def data_received(self, data: bytes) -> None:
        if self.refused:
            return  # read and forgotten, so that the client gets to see the answer
        if self.in_head:
            self.head_bytes += len(data)
            if self.head_timer is None:
                self.expect_head()
        super().data_received(data)
        if self.in_head and self.head_bytes > LARGEST_HEAD:
            self.refuse(TOO_LARGE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.in_head = True
        extensions: dict[str, Any] = {WIRE: self.wire}
        self.scope["extensions"] = extensions

    def on_headers_complete(self) -> None:
        self.in_head, self.head_bytes = False, 0
        self.stop_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self.in_head = True

    def refuse(self, answer: bytes) -> None:
        if self.refused or self.transport.is_closing():
            return
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.abort()  # a pipelined head behind an answer on its way
            return
        self.refused = True
        self.stop_timer()
        if self.head_bytes == 0:
            self.transport.close()  # never said a word
            return
        self.transport.write(answer)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.abort)

    def send_400_response(self, msg: str) -> None:
        self.transport.write(NOT_HTTP)
        self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self.loop.call_later(LINGER, self.transport.abort)  # a reader that left the last bytes unread

    def connection_lost(self, exc: Exception | None) -> None:
        self.stop_timer()
        super().connection_lost(exc)
