"""What a server would answer to a player of one scene, asked now so that nobody needs to ask later."""

from __future__ import annotations

import json
import math
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import orjson

import core
from app.errors import TOO_LARGE, Refusal
from app.evaluation import Scenes
from app.offline.asking import FOUND, Answer, Asker
from app.offline.columns import in_columns
from app.wire.opening import INLINED
from app.wire.stream import Range, cells_of_step
from core.errors import SceneError
from core.texts import Text

MOST_CELLS = 2**21  # numbers in the maps of a file
MOST_NUMBERS = 2**20  # numbers in the steps of a file
MOST_STEPS = 2**14
GRADIENTS, MOST_GRADIENTS = 64, 512  # steps of the backward pass, in one answer and in all
LARGE = "the maps of this scene hold {cells:,} numbers, a file at most {most:,}: take a smaller picture"
THINNED = Text("This file holds one step in {every} of this layer, and its whole map.")


def key_of(method: str, path: str, words: Mapping[str, object]) -> str:
    """What is asked, the same in any order of its words; `static/offline/answers.js` spells it alike."""
    sorted_words = sorted([name, spelt(word)] for name, word in words.items())
    return f"{method} {path} {json.dumps(sorted_words, ensure_ascii=False, separators=(',', ':'))}"


def spelt(word: object) -> str:
    return word if isinstance(word, str) else json.dumps(word)


class Recorder:
    """Asks, and keeps what was answered."""

    def __init__(self, asker: Asker, scenes: Scenes, scene: core.Scene, beside: int = 0) -> None:
        """With as many others `beside` it in the file."""
        self.asker = asker
        self.scenes = scenes
        self.line = scene.line
        self.scene = scene
        self.sharing = 1 + beside
        self.answers: dict[str, Any] = {}

    async def layers(self) -> list[dict[str, Any]]:
        """Of each layer its opening, its input and output, and its steps in columns."""
        shapes = await self.scenes.run(self.checked)
        parts = self.sharing * len(shapes)
        return [await self.layer(index, MOST_NUMBERS // parts, MOST_STEPS // parts) for index in range(len(shapes))]

    def checked(self) -> list[core.Layer]:
        """The layers, unless their maps are more than a file holds."""
        layers = self.scenes.layers(self.scene, self.scenes.input_shape(self.scene.source))
        cells = sum(math.prod(layer.input_shape) + math.prod(layer.output_shape) for layer in layers)
        most = MOST_CELLS // self.sharing
        if cells > most:
            raise Refusal(TOO_LARGE, LARGE, field="scene", value=self.line, cells=cells, most=most)
        return layers

    async def layer(self, index: int, most_numbers: int, most_steps: int) -> dict[str, Any]:
        trace = await self.scenes.run(self.scenes.trace, self.scene, index)
        told = await self.scenes.run(cells_of_step, trace, Range(0, 1))
        every = thinning(len(trace), max(1, min(most_steps, most_numbers // told)))
        words = {"scene": self.line, "layer": index}
        opening = self.found(await self.asker.post("/api/opening", words | {"step": 0})).json()
        opening["steps"] = [step for step in opening["steps"][:INLINED] if step["index"] % every == 0]
        opening["start"]["every"] = every
        for name in ("input", "output"):
            opening[name]["data"] = None  # it is here as a file already
        steps = await self.steps(words, every)
        if (len(trace) - 1) % every:
            steps += await self.steps(words | {"start": len(trace) - 1}, 1)
        return {
            "opening": opening,
            "input": await self.array("input", words),
            "output": await self.array("feature-map", words),
            "count": len(steps),
            "steps": await self.scenes.run(in_columns, steps),
        }

    async def steps(self, words: Mapping[str, object], every: int) -> list[Any]:
        answer = self.found(await self.asker.get("/api/steps", {**words, "every": every}))
        return await self.scenes.run(steps_in, answer.body)

    async def array(self, name: str, words: Mapping[str, object]) -> str:
        answer = await self.asker.get(f"/api/{name}", {**words, "format": "npy", "compact": 1})
        return b64encode(self.found(answer).body).decode()

    async def keep(self, method: str, path: str, words: dict[str, object]) -> None:
        """An answer that a view will want; one that is refused is not there later either."""
        answer = await (self.asker.get if method == "GET" else self.asker.post)(path, words)
        if answer.status == FOUND:
            self.answers[key_of(method, path, words)] = answer.json()

    async def views(self, names: set[str], layer: int, steps: int) -> None:
        """What the linked views of a layer ask for beyond its steps."""
        if "network" in names:
            await self.keep("POST", "/api/maps", {"scene": self.line})
            for index in range(len(self.scene.layers)):
                await self.keep("POST", "/api/fields", {"scene": self.line, "layer": index})
        if "backward" in names:
            for start in range(0, min(steps, MOST_GRADIENTS), GRADIENTS):
                for dy in ("ones", "output"):
                    words = {"scene": self.line, "layer": layer, "start": start, "dy": dy}
                    await self.keep("GET", "/api/backward", words)

    def found(self, answer: Answer) -> Answer:
        if answer.status != FOUND:
            told = answer.json()
            raise SceneError("scene", self.line, str(told.get("rule") or told["detail"]))
        return answer


def steps_in(text: bytes) -> list[Any]:
    return [step for step in map(orjson.loads, text.splitlines()) if step["type"] == "step"]


def thinning(steps: int, most: int) -> int:
    """Every how-manieth step, a power of two, is few enough."""
    return 1 << max(0, math.ceil(math.log2(max(1, steps) / most)))
