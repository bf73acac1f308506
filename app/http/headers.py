"""Headers of every answer: what a page may load, who may frame it, and who may read it from elsewhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.hosts import Hosts

SELF = "'self'"
RULES: Final = {
    "default-src": "'none'",
    "script-src": SELF,
    "style-src": SELF,
    "img-src": f"{SELF} data: blob:",
    "connect-src": SELF,
    "media-src": f"{SELF} blob:",
    "worker-src": SELF,
    "manifest-src": SELF,
    "frame-src": SELF,
    "base-uri": "'none'",
    "form-action": SELF,
    "object-src": "'none'",
    "require-trusted-types-for": "'script'",  # no text becomes markup or script, in browsers that know of it
    "trusted-types": "'none'",
}
# In an embed, where the default shuts them out; a policy of Trusted Types would be one of our own scripts'.
UNUSED = ("media-src", "worker-src", "manifest-src", "object-src", "trusted-types")
NEEDED = ("script-src", "style-src", "img-src", "connect-src")


def policy(rules: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}".rstrip() for name, sources in rules.items())


PAGE_POLICY = policy(RULES | {"frame-ancestors": "'none'"})
# What is no page loads nothing: short, since every answer brings it along.
FILE_POLICY = policy(dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'"))

ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
FORBIDDEN: Final = {"Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()"}  # to pages
LAB: Final = {"Permissions-Policy": FORBIDDEN["Permissions-Policy"].replace("camera=()", "camera=(self)")}
SECURE: Final = {"Strict-Transport-Security": "max-age=31536000"}  # where the visitor came by https; of this host alone
PAGE: Final = FORBIDDEN | {
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
EMBED: Final = FORBIDDEN | {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
SHARED: Final = {
    "Content-Security-Policy": FILE_POLICY,
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# A figure as a file: shown by anyone's page; opened by itself, an SVG may be as it draws itself, and nothing more.
FIGURE_POLICY = policy({"default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "data:",
                        "font-src": "data:", "base-uri": "'none'", "form-action": "'none'",
                        "frame-ancestors": "'none'", "sandbox": ""})  # fmt: skip
FIGURE: Final = {"Content-Security-Policy": FIGURE_POLICY, "Cross-Origin-Resource-Policy": "cross-origin"}
ANSWERS: Final = SHARED | {"Access-Control-Expose-Headers": "*"}  # of the API: nobody reads those of a script
FRAMED: Final = ("/embed", "/quiz", "/lesson")  # pages that stand in frames of others
PREFLIGHT: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Last-Event-ID",
    "Access-Control-Max-Age": "86400",
    "Content-Length": "0",
}


class Security:
    """Adds the headers to every answer, and answers preflights; touches no body, so that streams stay streams."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = own_path(scope)
        if scope["method"] == "OPTIONS" and is_shared(path):
            await send_empty(send, PREFLIGHT)
            return
        headers = ALWAYS | headers_for(path, self.hosts.origin(scope))
        if scope["scheme"] == "https":
            headers |= SECURE

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                carried = MutableHeaders(scope=message)
                for name, value in headers.items():
                    carried.setdefault(name, value)
                if "location" in carried:
                    carried["location"] = without_host(carried["location"])
            await send(message)

        await self.app(scope, receive, send_with_headers)


def own_path(scope: Scope) -> str:
    """The path below where a proxy mounts us."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) if root and path.startswith(f"{root}/") else path


def is_shared(path: str) -> bool:
    """What an element on somebody else's page may ask for."""
    return path.startswith(("/api/", "/static/"))


def without_host(address: str) -> str:
    """Where on this server a redirect leads; whatever the request called our host is not repeated.

    >>> without_host("http://elsewhere.example/gallery?lang=ko"), without_host("http://a//b.example")
    ('/gallery?lang=ko', '/b.example')
    """
    parts = urlsplit(address)
    path = f"/{parts.path.lstrip('/')}"
    return f"{path}?{parts.query}" if parts.query else path


def headers_for(path: str, origin: str) -> dict[str, str]:
    """Of an answer at this path; `origin` is ours as the visitor knows it, nothing where that is not sure."""
    if path in FRAMED:
        return EMBED | {"Content-Security-Policy": embed_policy(origin)}
    if path == "/":
        return PAGE | LAB
    if path.startswith("/static/"):
        return SHARED
    if path.startswith("/render."):
        return FIGURE
    return ANSWERS if is_shared(path) else PAGE


@lru_cache(64)
def embed_policy(origin: str) -> str:
    """What an embed may load.

    It names its origin in full beside 'self', which WebKit does not match in a frame with sandbox="allow-scripts".
    A policy has no way to name an address of IPv6. An embed is framed by anyone; `frame-ancestors *` would still shut
    out pages opened from disk, so it has none.
    """
    named = {
        name: f"{SELF} {origin}{RULES[name].removeprefix(SELF)}" for name in NEEDED if origin and "[" not in origin
    }
    return policy({name: rule for name, rule in (RULES | named).items() if name not in UNUSED})


async def send_empty(send: Send, headers: dict[str, str]) -> None:
    raw = [(name.lower().encode(), value.encode()) for name, value in (ALWAYS | headers).items()]
    await send({"type": "http.response.start", "status": 204, "headers": raw})
    await send({"type": "http.response.body", "body": b""})
