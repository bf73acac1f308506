"""A setting of an operation: its name, its kind, its range, and what a form shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.networks.sets import is_name, weights_named
from core.texts import Text
from core.values import READERS, plain


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting of an operation; scene line, schema, validation, form and help are made from it."""

    name: str
    kind: str
    title: Text
    help: Text
    default: Any = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    positional: bool = False
    required: bool = False
    first: Any = None  # what a form writes when the operation is added; None leaves the setting out
    words: tuple[str, ...] = ()  # that stand for a number of cells, in the order in which a form offers them
    rare: bool = False  # seldom changed: a form keeps it behind the others
    named: bool = False  # whether the layer of a weight set may stand for it: lenet-5.c1

    def read(self, value: object) -> Any:
        """The value in its one normal form, or a refusal."""
        if value is None and not self.required:
            return self.default
        if self.named and isinstance(value, str) and is_name(value.lower()):
            return weights_named(value.lower(), self.name).name
        return READERS[self.kind](self, value)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "kind": self.kind,
            "title": self.title,
            "default": plain(self.default),
            "minimum": self.minimum,
            "maximum": self.maximum,
            "choices": list(self.choices),
            "help": self.help,
            **{name: getattr(self, name) for name in ("positional", "required", "rare", "named")},
            "first": plain(self.first),
            "words": list(self.words),
        }
