"""Draws figures in child processes, so that streams of steps do not wait for pictures."""

from __future__ import annotations

from dataclasses import asdict

import orjson

from app.children import Child, Children
from app.errors import TOO_LARGE, Refusal
from app.render.files import Wanted
from app.settings import Settings
from core.errors import SceneError
from core.texts import Text


class RendererChild(Child[bytes]):
    """Draws one file at a time."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(f"{__package__}.worker", settings.model_dump_json(), str(settings.render_memory))

    def answer(self, message: bytes) -> bytes:
        """Refuses  what the core or the budget refuses"""
        self.tell(message)
        head, file = orjson.loads(self.message()), self.message()
        if "status" in head:
            refusal = Refusal(head["status"], head["rule"], head["field"], **head["facts"])
            refusal.retry_after = head["retry_after"]
            raise refusal
        if "rule" in head:
            raise SceneError(head["field"], None, head["rule"], **head["facts"])
        return bytes(file)


class Renderers(Children[bytes]):
    """Draw figures; the first child starts with the first of them."""

    name = "renderers"
    busy = Text("too many figures wait to be drawn: try again in a moment")

    @property
    def count(self) -> int:
        return self.settings.renderers

    @property
    def waiting(self) -> int:
        return self.settings.render_queue

    @property
    def seconds(self) -> float:
        return self.settings.render_seconds

    def made(self) -> Child[bytes]:
        return RendererChild(self.settings)

    def failed(self) -> Exception:
        rule = "this figure takes too long or too much memory to draw: ask for fewer steps or less width"
        return Refusal(TOO_LARGE, rule, field="steps")

    async def file(self, wanted: Wanted) -> bytes:
        return await self.answer(orjson.dumps(asdict(wanted)))
