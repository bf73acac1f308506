"""What a server said no to, or the application in this program, which answers as a server does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.errors import SceneError
from core.texts import Say, in_english


class Refused(SceneError):
    """A refusal in the server's own sentence.

    >>> str(Refused(404, {"detail": "there is no such picture", "field": "input", "value": "dog", "rule": "none"}))
    'there is no such picture'
    """

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        self.status = status
        self.sentence = str(told.get("detail") or f"the server answered {status}")
        super().__init__(str(told.get("field", "request")), told.get("value"), str(told.get("rule", self.sentence)))

    def detail(self, say: Say = in_english) -> str:
        """The sentence, in the language that was asked for."""
        return self.sentence

    def advice(self, say: Say = in_english) -> str:
        """The rule alone, in that language."""
        return self.rule
