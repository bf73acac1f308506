"""How a page is made of its template: language, addresses of files, JSON blocks, where it is described."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from app.figures import still
from app.http.responses import REVALIDATE, TIGHT, answer, json_text
from app.messages import Messages, Speech
from app.render import mp4
from app.routes.answers import kept, root_of
from app.state import language, speech, state_of

FOLDER = Path(__file__).parents[2] / "templates"
HTML = "text/html; charset=utf-8"
FOUND = 200
BRACKETED = re.compile(r"\S*[가-힣]\(\S*|\S*\)[가-힣]\S*")
LONGEST = 4000  # characters of an address that a page offers for discovery


async def page(request: Request, template: str, facts: dict[str, Any], status: int = FOUND) -> Response:
    body = render(request, template, **facts)

    async def make() -> Response:
        return answer(request, body, HTML, status, level=TIGHT)

    if status != FOUND:
        return await make()
    return await kept(request, (body,), make, REVALIDATE)


def render(request: Request, template: str, **facts: Any) -> bytes:
    assets, root = state_of(request).assets, root_of(request)
    shared = {
        "language": language(request),
        "speech": speech(request),
        "languages": state_of(request).messages.languages,
        "root": root,
        "version": assets.version,
        "asset": lambda path: root + assets.address(path),
        "described": discovery(request),
        "server": here(request),
        "said": said(request),
    }
    environments: dict[str, Environment] = request.app.state.templates
    return environments[language(request)].get_template(template).render(**shared, **facts).encode()


def said(request: Request) -> str:
    """The language and the theme a visitor asked for, for the links that go on from here."""
    words = {"lang": language(request)} if "lang" in request.query_params else {}
    theme = request.query_params.get("theme")
    words |= {"theme": theme} if theme in ("light", "dark") else {}
    return f"?{urlencode(words)}" if words else ""


def here(request: Request) -> str | None:
    """Where this server is; nothing where the request names a host that is not known to be ours."""
    return str(request.base_url).rstrip("/") if state_of(request).hosts.origin(request.scope) else None


def discovery(request: Request) -> str | None:
    """Where this page is described, for its head."""
    server = here(request)
    try:
        address = str(request.url)
    except ValueError:  # a query that is no text
        return None
    if server is None:
        return None
    found = f"{server}/oembed?url={quote(address, safe='')}"
    return found if len(found) <= LONGEST else None


def environments(messages: Messages) -> dict[str, Environment]:
    return {code: environment(speech) for code, speech in messages.languages.items()}


def environment(speech: Speech) -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(speech.translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters["data"] = data_block
    made.filters["unbroken"] = unbroken
    made.globals["still"] = still
    made.globals["films"] = mp4.available()
    return made


def unbroken(text: str) -> Markup:
    """A text whose words with brackets in them stay on one line: browsers would part a particle from what it follows.

    >>> unbroken("크기가 (3, H, W)인 텐서")
    Markup('크기가 (3, H, <span class="kept">W)인</span> 텐서')
    """
    return Markup(BRACKETED.sub(r'<span class="kept">\g<0></span>', str(escape(text))))


def data_block(value: Any) -> Markup:
    """JSON for a <script type="application/json"> block: no `<`, so that nothing in it can end the block."""
    text = value if isinstance(value, bytes) else json_text(value)
    return Markup(text.replace(b"<", b"\\u003c").decode())
