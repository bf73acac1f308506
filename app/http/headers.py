"""Headers of every answer: what a page may load, who may frame it, and who may read it from elsewhere."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOADS = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'self'; object-src 'none'"
)
# An embed is framed by anyone. `frame-ancestors *` would still shut out pages opened from disk: so it has none.
EMBED_POLICY = LOADS
PAGE_POLICY = f"{LOADS}; frame-ancestors 'none'"

ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
PAGE: Final = {"Content-Security-Policy": PAGE_POLICY, "Cross-Origin-Opener-Policy": "same-origin"}
EMBED: Final = {
    "Content-Security-Policy": EMBED_POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
SHARED: Final = {
    "Content-Security-Policy": PAGE_POLICY,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
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
        headers = ALWAYS | headers_for(path)

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


def headers_for(path: str) -> dict[str, str]:
    if path == "/embed":
        return EMBED
    return SHARED if is_shared(path) else PAGE


async def send_empty(send: Send, headers: dict[str, str]) -> None:
    raw = [(name.lower().encode(), value.encode()) for name, value in (ALWAYS | headers).items()]
    await send({"type": "http.response.start", "status": 204, "headers": raw})
    await send({"type": "http.response.body", "body": b""})
