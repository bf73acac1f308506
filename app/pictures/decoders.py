"""Decodes pictures in child processes: a few, kept warm, ended and replaced when a file is too much for one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import orjson

from app.children import Child, Children
from app.pictures.errors import PictureError, too_hard
from app.pictures.resize import Pixels
from app.settings import Settings
from core.texts import Text


@dataclass(frozen=True, slots=True)
class Decoded:
    """A normalised picture: its id, its pixels (C, H, W), and the file that is kept."""

    id: str
    pixels: Pixels
    png: bytes

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)"""
        return int(self.pixels.shape[2]), int(self.pixels.shape[1])


class DecoderChild(Child[Decoded]):
    """Decodes one file at a time; a file that takes over the process finds no keys of the object store there."""

    hidden = ("AWS_",)

    def __init__(self, settings: Settings) -> None:
        super().__init__(f"{__package__}.decoder", settings.model_dump_json(), str(settings.decode_memory))

    def answer(self, message: bytes) -> Decoded:
        """Refuses  with PictureError what is no picture"""
        self.tell(message)
        head = orjson.loads(self.message())
        pixels, png = self.message(), self.message()
        if "rule" in head:
            raise PictureError(head["status"], head["rule"], **head["facts"])
        return Decoded(head["id"], np.frombuffer(pixels, np.uint8).reshape(head["shape"]), bytes(png))


class Decoders(Children[Decoded]):
    """Decode the pictures in files.

    Refuses  what is no picture (PictureError); a file when too many wait already (Busy)
    """

    name = "decoders"
    busy = Text("too many pictures wait to be decoded: try again in a moment")

    @property
    def count(self) -> int:
        return self.settings.decoders

    @property
    def waiting(self) -> int:
        return self.settings.decode_queue

    @property
    def seconds(self) -> float:
        return self.settings.decode_seconds

    def made(self) -> Child[Decoded]:
        return DecoderChild(self.settings)

    def failed(self) -> Exception:
        return too_hard()
