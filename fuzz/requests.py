"""Requests of every kind to the whole server, inside this process: whatever they say, never an answer of 500."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import quote

import httpx

from app.main import create_app
from app.settings import Settings
from app.wire.stream import SERVER_FAILED
from fuzz.changes import ODD_NUMBERS, ODD_TEXTS, changed_bytes, changed_json, changed_text
from fuzz.samples import JSON_SCENES, LINES, PICTURES, WORDS

KNOWN = {
    "/": ("layer", "step", "play", "lang", "theme"),
    "/embed": ("layer", "step", "play", "lang", "theme"),
    "/api/opening": ("layer", "step", "lang"),
    "/api/steps": ("layer", "start", "every", "detail", "lang"),
    "/api/feature-map": ("layer", "format", "compact", "steps"),
    "/api/input": ("layer", "format", "compact"),
    "/oembed": ("maxwidth", "maxheight", "format", "lang"),
}
PAGES = ("/", "/embed", "/gallery", "/gallery/first-steps", "/docs")
QUERIED = ("/api/scene", "/api/opening", "/api/steps", "/api/feature-map", "/api/input")
LISTS = ("/api/kernels", "/api/operations", "/api/samples", "/api/gallery", "/healthz", "/readyz", "/metrics")
OTHERS = ("/api/images/0123456789abcdef0123456789abcdef", "/static/kernel-walk.js", "/nowhere")
POSTED = ("/api/scene", "/api/opening", "/api/steps", "/api/additions", "/api/images", "/api/files",
          "/api/matrix")  # fmt: skip
NAMES = ("scene", "layer", "step", "start", "stop", "every", "detail", "format", "compact", "steps", "lang", "theme",
         "play", "url", "maxwidth", "view", "speed", "utm_source")  # fmt: skip
VALUES = ("0", "1", "-1", "5", "json", "npy", "png", "full", "rows", "sums", "output", "partial", "en", "ko", "dark")
HEADERS = {
    "accept": ("text/event-stream", "*/*", "text/event-stream;q=0, ;;,=", "q"),
    "accept-language": ("ko", "ko-KR,ko;q=0.9", "*;q=nan", ",,,;"),
    "accept-encoding": ("gzip", "br, gzip;q=0", "identity;q=0, *;q=0", ";"),
    "if-none-match": ("*", 'W/"x"', '"', "W/"),
    "last-event-id": ("0", "5", "-1", "99999999999999999999", "x"),
    "host": ("localhost", "a b", "[::1]:80", "x" * 300, "localhost:99999"),
    "content-type": ("application/json", "image/png", "text/plain; charset=nonsense", ";"),
    "x-forwarded-proto": ("https", "javascript", ""),
}
TOLD = (507,)  # the quota, which a long run does fill
LONGEST_STREAM = 4096  # steps: a whole large stream says no more than its beginning


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def make_request(random: Random) -> Request:
    kind = random.random()
    if kind < 0.2:
        request = posted(random)
    elif kind < 0.3:
        address = f"http://localhost{random.choice((*PAGES, *QUERIED))}?scene={quoted(line(random))}"
        address = changed_text(random, [address], WORDS) if random.random() < 0.5 else address
        request = Request("GET", f"/oembed?{joined(random, [('url', address), *some_words(random, '/oembed')])}")
    else:
        path = random.choice((*PAGES, *QUERIED, *QUERIED, *LISTS, *OTHERS))
        request = Request(random.choice(("GET", "GET", "GET", "HEAD", "POST")), f"{path}?{query(random, path)}")
    for name in random.sample(list(HEADERS), random.choice((0, 0, 1, 2))):
        request.headers[name] = random.choice(HEADERS[name])
    return request


def posted(random: Random) -> Request:
    path = random.choice(POSTED)
    if path in ("/api/images", "/api/files"):
        return Request("POST", path, body=changed_bytes(random, PICTURES))
    words: object = {"scene": random.choice((line(random), random.choice(JSON_SCENES))), "layer": 0}
    if path == "/api/additions":
        words = {"scene": random.choice(LINES), "layer": 0, "operations": [{"operation": "relu"}]}
    for _ in range(random.randint(0, 3)):
        words = changed_json(random, words, JSON_SCENES)
    body = json.dumps(words).encode()
    return Request("POST", path, body=changed_bytes(random, [body]) if random.random() < 0.2 else body)


def line(random: Random) -> str:
    return random.choice(LINES) if random.random() < 0.4 else changed_text(random, LINES, WORDS)


def query(random: Random, path: str) -> str:
    words = [("scene", line(random))] if path in (*PAGES, *QUERIED) and random.random() < 0.9 else []
    if path == "/api/steps" and random.random() < 0.9:
        words.append(("stop", str(random.randint(0, LONGEST_STREAM))))
    return joined(random, words + some_words(random, path))


def some_words(random: Random, path: str) -> list[tuple[str, str]]:
    """Mostly words that the path knows, with values that some of them take."""
    names = KNOWN.get(path, ()) if random.random() < 0.9 else NAMES
    values = (*VALUES, *ODD_NUMBERS, *ODD_TEXTS) if random.random() < 0.3 else VALUES
    return [(name, random.choice(values)) for name in random.sample(names, min(len(names), random.randrange(4)))]


def joined(random: Random, words: list[tuple[str, str]]) -> str:
    """The words as a query, sometimes one that no browser would write."""
    text = "&".join(f"{name}={quoted(value)}" for name, value in words)
    if random.random() < 0.1:
        text = changed_text(random, [text], ["%ff", "%", "%u1234", "&&", "=", "+", ";"])
    return text.encode("ascii", "ignore").decode().replace("#", "").replace("\r", "").replace("\n", "")


def quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


class Server:
    """The whole application in this process, with a folder of its own; it starts with the first request."""

    def __init__(self) -> None:
        self.running: contextlib.ExitStack | None = None

    def start(self) -> None:
        self.running = contextlib.ExitStack()
        store = self.running.enter_context(tempfile.TemporaryDirectory(prefix="fuzz-"))
        app = create_app(Settings(store=Path(store), quota_bytes=2**22, log_level="critical"))
        self.runner = self.running.enter_context(asyncio.Runner())
        begun = app.router.lifespan_context(app)
        self.runner.run(begun.__aenter__())
        self.running.callback(lambda: self.runner.run(begun.__aexit__(None, None, None)))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.sender = httpx.AsyncClient(transport=transport, base_url="http://localhost")

    def stop(self) -> None:
        if self.running:
            self.running.close()
        self.running = None

    def answer(self, request: Request) -> httpx.Response | None:
        """None to what cannot be sent at all."""
        if self.running is None:
            self.start()
        try:
            built = self.sender.build_request(
                request.method, request.path, headers=request.headers, content=request.body
            )
        except (httpx.InvalidURL, ValueError):
            return None
        return self.runner.run(self.sender.send(built))


SERVER = Server()


def send(request: Request) -> int:
    """The status of the answer, which is never the server's own failure."""
    answer = SERVER.answer(request)
    if answer is None:
        return 0
    if (answer.status_code >= 500 and answer.status_code not in TOLD) or SERVER_FAILED.encode() in answer.content:
        raise AssertionError(f"{answer.status_code} to {request}: {answer.text[-300:]}")
    return answer.status_code
