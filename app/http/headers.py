"""Headers of every answer: what a page may load, who may frame it, and who may read it from elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SELF = "'self'"
RULES: Final = {
    "default-src": "'none'",
    "script-src": SELF,
    "style-src": SELF,
    "img-src": f"{SELF} data: blob:",
    "font-src": SELF,
    "connect-src": SELF,
    "media-src": f"{SELF} blob:",
    "worker-src": SELF,
    "manifest-src": SELF,
    "frame-src": SELF,
    "base-uri": "'none'",
    "form-action": SELF,
    "object-src": "'none'",
}
UNUSED = ("media-src", "worker-src", "manifest-src", "object-src")  # in an embed, where the default shuts them out
NEEDED = ("script-src", "style-src", "img-src", "font-src", "connect-src")
# A host as a policy can name it: whatever else a request says of its host is not repeated in a header.
PLAIN_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?(:[0-9]{1,5})?")


def policy(rules: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


PAGE_POLICY = policy(RULES | {"frame-ancestors": "'none'"})
# What is no page loads nothing: short, since every answer brings it along.
FILE_POLICY = policy(dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'"))

ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
FORBIDDEN: Final = {"Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()"}  # to pages
LAB: Final = {"Permissions-Policy": FORBIDDEN["Permissions-Policy"].replace("camera=()", "camera=(self)")}
PAGE: Final = FORBIDDEN | {"Content-Security-Policy": PAGE_POLICY, "Cross-Origin-Opener-Policy": "same-origin"}
EMBED: Final = FORBIDDEN | {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
SHARED: Final = {
    "Content-Security-Policy": FILE_POLICY,
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
ANSWERS: Final = SHARED | {"Access-Control-Expose-Headers": "*"}  # of the API: nobody reads those of a script
PREFLIGHT: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Last-Event-ID",
    "Access-Control-Max-Age": "86400",
    "Content-Length": "0",
}


class Security:
    """Adds the headers to every answer, and answers preflights; touches no body, so that streams stay streams."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = own_path(scope)
        if scope["method"] == "OPTIONS" and is_shared(path):
            await send_empty(send, PREFLIGHT)
            return
        headers = ALWAYS | headers_for(path, scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                carried = MutableHeaders(scope=message)
                for name, value in headers.items():
                    carried.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def own_path(scope: Scope) -> str:
    """The path below where a proxy mounts us."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) if root and path.startswith(f"{root}/") else path


def is_shared(path: str) -> bool:
    """What an element on somebody else's page may ask for."""
    return path.startswith(("/api/", "/static/"))


def headers_for(path: str, scope: Scope) -> dict[str, str]:
    if path in ("/embed", "/quiz", "/lesson"):
        return EMBED | {"Content-Security-Policy": embed_policy(own_origin(scope))}
    if path == "/":
        return PAGE | LAB
    if path.startswith("/static/"):
        return SHARED
    return ANSWERS if is_shared(path) else PAGE


def own_origin(scope: Scope) -> str:
    """Scheme and host as the visitor's browser knows them; nothing where the host is not plainly one."""
    host = Headers(scope=scope).get("host", "")
    return f"{scope['scheme']}://{host}" if PLAIN_HOST.fullmatch(host) else ""


@lru_cache(64)
def embed_policy(origin: str) -> str:
    """What an embed may load.

    It names its origin in full beside 'self', which WebKit does not match in a frame with sandbox="allow-scripts".
    An embed is framed by anyone; `frame-ancestors *` would still shut out pages opened from disk, so it has none.
    """
    named = {name: f"{SELF} {origin}{RULES[name].removeprefix(SELF)}" for name in NEEDED if origin}
    return policy({name: rule for name, rule in (RULES | named).items() if name not in UNUSED})


async def send_empty(send: Send, headers: dict[str, str]) -> None:
    raw = [(name.lower().encode(), value.encode()) for name, value in (ALWAYS | headers).items()]
    await send({"type": "http.response.start", "status": 204, "headers": raw})
    await send({"type": "http.response.body", "body": b""})
