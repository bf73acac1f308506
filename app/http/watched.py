"""Every request told of: counted, traced where that is set up, written in the log under its own id."""

from __future__ import annotations

import logging
import re
import secrets
import time
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import metrics, traces

WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"}
NOWHERE, FAILED, REFUSED = "none", 500, 400
STREAMED = ("application/jsonl", "text/event-stream")
UNSEEN = {"/healthz", "/readyz", "/metrics"}  # what watches over the server fills no log

REQUEST_ID: ContextVar[str] = ContextVar("REQUEST_ID", default="")

log = logging.getLogger("kernelwalk.requests")


class Watched:
    """Tells of each request when its answer is whole: by the template of its address, never by the address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        known = bool(WELL_FORMED.fullmatch(given))
        seen = Seen(scope, given if known else secrets.token_hex(8), known, send)
        REQUEST_ID.set(seen.id)
        with traces.span(scope) as span:
            try:
                await self.app(scope, receive, seen.send)
            finally:
                seen.end()
                traces.told(span, scope["method"], seen.route, seen.status)


class Seen:
    """One request and what is known of its answer so far."""

    __slots__ = ("began", "bytes", "id", "known", "onward", "scope", "seconds", "status", "streams")

    def __init__(self, scope: Scope, name: str, known: bool, onward: Send) -> None:
        self.scope, self.id, self.known, self.onward = scope, name, known, onward
        self.began = time.perf_counter()
        self.seconds = 0.0
        self.status = FAILED
        self.bytes = 0
        self.streams = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.seconds = time.perf_counter() - self.began
            headers = MutableHeaders(scope=message)
            if self.known or self.status >= REFUSED:
                headers["X-Request-ID"] = self.id
            self.streams = headers.get("content-type", "").startswith(STREAMED)
            if self.streams:
                metrics.STREAMS.inc()
        else:
            self.bytes += len(message.get("body", b""))
        await self.onward(message)

    @property
    def route(self) -> str:
        """The template of the address; one word for all addresses where nothing is."""
        found = self.scope.get("route")
        return str(getattr(found, "path", NOWHERE))

    def end(self) -> None:
        if self.streams:
            metrics.STREAMS.dec()
        method = self.scope["method"] if self.scope["method"] in METHODS else metrics.ELSE
        requests, beginning, sent = counters(self.route, method, self.status)
        requests.inc()
        beginning.observe(self.seconds or time.perf_counter() - self.began)
        sent.inc(self.bytes)
        if self.route not in UNSEEN and log.isEnabledFor(logging.INFO):
            told: dict[str, Any] = {
                "method": method,
                "route": self.route,
                "status": self.status,
                "seconds": round(time.perf_counter() - self.began, 4),
                "bytes": self.bytes,
            }
            log.info("%(method)s %(route)s %(status)d in %(seconds).3f s, %(bytes)d bytes", told, extra={"told": told})


@lru_cache(2048)
def counters(route: str, method: str, status: int) -> tuple[Counter, Histogram, Counter]:
    return (
        metrics.REQUESTS.labels(route, method, str(status)),
        metrics.BEGINNING.labels(route),
        metrics.SENT.labels(route),
    )
