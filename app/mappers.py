"""Does what takes long in child processes: streams and short answers do not feel it, and it can be ended."""

from __future__ import annotations

import json
import select
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.children import LENGTH, Child, Children
from app.errors import TOO_LARGE, Refusal
from app.works import Work, Written
from core.errors import SceneError
from core.texts import Text
from core.vocabulary import Array, Operation

GLANCE = 0.1  # seconds between two looks at whether somebody still waits
FROM = 0.005  # estimated seconds: what takes less is computed sooner than it is sent to a child


Answered = tuple[dict[str, Any], Array] | SceneError  # a head, and as many bytes as it says


class MapperChild(Child[Answered]):
    """Does one thing at a time."""

    def answer(self, message: bytes) -> Answered:
        """What a message of `Mappers` is answered with; the array was told before."""
        head = json.loads(self.message())
        room = np.empty(int.from_bytes(self.exactly(LENGTH)), np.uint8)  # not filled with zeros while all others wait
        self.fill(room.data)
        if "rule" in head:
            return SceneError(head["field"], head["value"], head["rule"], **head["facts"])
        return head, room

    def asked(self, head: dict[str, Any], x: Array, pause: Callable[[], None]) -> Answered:
        self.tell(json.dumps(head | {"shape": x.shape, "dtype": x.dtype.str}).encode())
        self.tell(np.ascontiguousarray(x).reshape(-1).view(np.uint8).data)
        while not select.select([self.told], [], [], GLANCE)[0]:
            pause()
        return self.answer(b"")


class Mappers(Children[Answered]):
    """Compute whole outputs and write long answers; the first child starts with the first of them."""

    name = "mappers"
    busy = Text("the server has too much to compute: try again in a moment")

    @property
    def count(self) -> int:
        return self.settings.mappers

    @property
    def waiting(self) -> int:
        return self.settings.map_queue

    @property
    def seconds(self) -> float:
        return self.settings.answer_deadline

    def made(self) -> MapperChild:
        return MapperChild(f"{__package__}.mapper", self.settings.model_dump_json())

    def failed(self) -> Exception:
        return Refusal(TOO_LARGE, "this scene takes too much memory to compute: make its input smaller", field="scene")

    def output(self, operations: Sequence[Operation], x: Array, pause: Callable[[], None]) -> Array:
        """The whole output of operations one upon another on x, both (C, H, W); `pause` may end the work by raising.

        Refuses  what the core refuses (SceneError)
        """
        head, room = self.computed({"operations": [one.as_json() for one in operations]}, x, pause)
        found: Array = room.view(head["dtype"]).reshape(head["shape"])
        return found

    def written(self, work: Work, pause: Callable[[], None]) -> Written:
        """The same for the text of an answer."""
        head, room = self.computed(work.as_json(), work.x, pause)
        return Written(room.data, head["media_type"], head["headers"])

    def computed(self, head: dict[str, Any], x: Array, pause: Callable[[], None]) -> tuple[dict[str, Any], Array]:
        child = self.taken()
        assert isinstance(child, MapperChild)
        try:
            found = child.asked(head, x, pause)
        except (OSError, EOFError):
            lost = self.lost(child)
            self.forget(child)
            raise lost from None
        except BaseException:  # nobody waits for what the child is at
            self.forget(child)
            raise
        self.idle.put(child)
        if isinstance(found, SceneError):
            raise found
        return found

    def forget(self, child: MapperChild) -> None:
        """The next one starts with the next message."""
        child.end()
        self.children.discard(child)
