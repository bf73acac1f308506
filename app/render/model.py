"""What a figure knows of its layer before any step: names, scales, the widest numbers, which planes a step touches."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from app.messages import Speech
from app.render.digits import widest
from app.render.look import SOFT, THEMES, Scale, diverging, scale_of
from app.wire.arrays import span
from core.rules.rule import Rule
from core.telling import curve_of, names_of, rule_of
from core.texts import Text
from core.trace import Trace
from core.vocabulary import Array

SMALL_TABLE = 400  # a table of at most so many cells is read, not looked at

# The words of the player (static/words/strings.js), said here.
WORDS: Mapping[str, Text] = {
    "window": Text("window"), "kernel": Text("kernel"), "products": Text("products"), "squares": Text("squares"),
    "cell": Text("cell"), "stamp": Text("stamp"), "column": Text("column"), "padding": Text("padding"),
    "channel": Text("Channel {number}"), "more": Text("+ {count} more {count|channel/channels}"),
    "counter": Text("step {step} of {steps}"), "every": Text("one in {every}"),
    "place": Text("row {row}, column {column}"),
    "places": Text("channel {channel}, row {row}, column {column}"),
}  # fmt: skip

Step = Mapping[str, Any]


class Model:
    """One layer, in one language and one theme."""

    def __init__(self, trace: Trace, speech: Speech, theme: str) -> None:
        self.trace, self.speech = trace, speech
        self.roles, self.dark = THEMES[theme], theme == "dark"
        self.start = trace.start()
        self.kind = str(self.start["kind"])
        self.rule: Rule | None = rule_of(trace)
        self.said: dict[str, str] = {}
        self.names = {name: speech(text) for name, text in names_of(trace).items()}
        self.curve = curve_of(trace)
        self.input, self.output = trace.input, trace.feature_map()
        self.input_range, self.output_range = span(self.input), span(self.output)
        self.weight = self.start.get("weight")
        weights = np.asarray(self.weight if self.weight is not None else [1], np.float64)
        low, high = float(weights.min()), float(weights.max())
        ends = [weight * value for weight in (low, high) for value in self.input_range]
        whole, fine = is_whole(self.input), bool((weights == np.round(weights)).all())
        look = look_of(self.input, self.input_range)
        self.coloured = self.input.shape[0] == 3 and look == "picture"
        self.scales: Mapping[str, Scale] = {
            "input": scale_of(self.input_range, look, self.dark),
            "output": scale_of(self.output_range, look, self.dark),
            "window": scale_of(self.input_range, "table" if look == "table" else "read", self.dark),
            "kernel": diverging(max(-low, high) * SOFT, self.dark),
            "products": diverging(max(map(abs, ends)) * SOFT, self.dark),
        }
        self.letters: Mapping[str, list[int]] = {
            "input": widest(self.input_range, whole),
            "output": widest(self.output_range, is_whole(self.output)),
            "window": widest(self.input_range, whole),
            "kernel": widest([low, high], fine),
            "products": widest(ends, whole and fine),
        }

    def say(self, name: str, **facts: object) -> str:
        """What tells no fact is said alike at every step."""
        if facts:
            return self.speech(WORDS[name], **facts)
        if name not in self.said:
            self.said[name] = self.speech(WORDS[name])
        return self.said[name]

    @property
    def border(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Rows above and below, columns left and right of the input that its steps read."""
        if self.kind != "gather":
            return (0, 0), (0, 0)
        (top, bottom), (left, right) = self.start.get("padding", ((0, 0), (0, 0)))
        return (max(0, top), max(0, bottom)), (max(0, left), max(0, right))

    @cached_property
    def groups(self) -> int:
        """Pooling and gradient filters look at each channel by itself."""
        given = self.start.get("groups")
        deep = self.weight is not None and np.ndim(np.asarray(self.weight, object)) > 3
        return int(given) if given is not None else 1 if deep else int(self.start["input_shape"][0])

    def channels(self, step: Step) -> list[int]:
        """Channels of the input that a step of a gather reads."""
        if "input_channel" in step:
            return [step["input_channel"]]
        count = self.start["input_shape"][0] // self.groups
        group = step["at"][0] // max(1, self.start["output_shape"][0] // self.groups)
        return [group * count + place for place in range(count)]

    def linked(self, step: Step, place: int) -> bool:
        links = self.start.get("links")
        return not links or links[step["at"][0]][place] > 0

    def channel_name(self, plane: int) -> str:
        return "RGB"[plane] if self.coloured else self.say("channel", number=plane + 1)

    def stamps(self, step: Step) -> list[tuple[int, Any]]:
        """Planes that a step of a scatter adds to, and the kernel of each."""
        channel, groups = step["at"][0], int(self.start.get("groups", 1) or 1)
        inner = self.start["walked_shape"][0] // groups
        outer = self.start["output_shape"][0] // groups
        kernels = self.weight[channel] if self.weight is not None else [None] * outer
        return [(channel // inner * outer + place, kernels[place]) for place in range(outer)]


def is_whole(array: Array) -> bool:
    return array.dtype.kind in "iub" or bool((array == np.round(array)).all())


def look_of(array: Array, ends: list[float]) -> str:
    """A photograph, a small table of numbers, or a map that an operation made."""
    if array.dtype == np.uint8 and ends[1] > 32:
        return "picture"
    return "table" if array.shape[1] * array.shape[2] <= SMALL_TABLE else "map"
