"""How large a scene may be: the one set of limits that whoever reads scenes for others passes in."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import LONGEST_VALUE, SceneError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a scene may hold at most.

    >>> Limits(layers=2).check_layers(3)
    Traceback (most recent call last):
    core.errors.SceneError: scene is 3: has more than 2 operations
    """

    layers: int = 64
    line_length: int = 65_536

    def check_line(self, line: str) -> None:
        if len(line) > self.line_length:
            rule = "is longer than {most} characters"
            raise SceneError("scene", line[:LONGEST_VALUE], rule, most=self.line_length)

    def check_layers(self, count: int) -> None:
        if count > self.layers:
            raise SceneError("scene", count, "has more than {most} operations", most=self.layers)


DEFAULT = Limits()
