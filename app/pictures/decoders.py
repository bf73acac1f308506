"""Decodes pictures in child processes: a few, kept warm, ended and replaced when a file is too much for one."""

from __future__ import annotations

import asyncio
import fcntl
import queue
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import orjson

from app.errors import Busy
from app.pictures.decoder import LENGTH
from app.pictures.errors import PictureError, too_hard
from app.pictures.resize import Pixels
from app.settings import Settings

ROOT = Path(__file__).parents[2]
RETRY_AFTER = 2  # seconds
PIPE_BYTES = 2**20


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


class Child:
    """One process and the pipes to it."""

    def __init__(self, settings: Settings) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.pictures.decoder", settings.model_dump_json(), str(settings.decode_memory)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is for the server, which then ends its children
        )
        assert self.process.stdin
        assert self.process.stdout
        self.ask: IO[bytes] = self.process.stdin
        self.told: IO[bytes] = self.process.stdout
        for pipe in (self.ask, self.told):
            widen(pipe)

    def decode(self, file: bytes) -> Decoded:
        """Refuses  with PictureError what is no picture, with OSError or EOFError when the process has ended"""
        self.ask.write(len(file).to_bytes(LENGTH))
        self.ask.write(file)
        self.ask.flush()
        head = orjson.loads(self.message())
        png, pixels = self.message(), self.message()
        if "rule" in head:
            raise PictureError(head["status"], head["rule"], **head["facts"])
        return Decoded(head["id"], np.frombuffer(pixels, np.uint8).reshape(head["shape"]), bytes(png))

    def message(self) -> bytearray:
        """The next message, into memory of its own."""
        length = int.from_bytes(self.exactly(LENGTH))
        return self.exactly(length)

    def exactly(self, length: int) -> bytearray:
        room = bytearray(length)
        view, filled = memoryview(room), 0
        while filled < length:
            count = self.told.readinto(view[filled:])  # type: ignore[attr-defined]
            if not count:
                raise EOFError
            filled += count
        return room

    def end(self) -> None:
        self.process.kill()
        for pipe in (self.ask, self.told):
            with suppress(OSError):  # what was not sent yet has nobody to read it
                pipe.close()
        self.process.wait()


def widen(pipe: IO[bytes]) -> None:
    """Room for a megabyte in a pipe, where the system can: pixels then pass in fewer turns."""
    if sys.platform == "linux":
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


class Decoders:
    """So many children, each with one file at a time; more files wait, and beyond that they are sent away for now."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.threads = ThreadPoolExecutor(settings.decoders, thread_name_prefix="decoders")
        self.idle: queue.SimpleQueue[Child] = queue.SimpleQueue()
        self.children: set[Child] = set()
        self.asked = 0
        self.closed = False

    def start(self) -> None:
        """Starts the children, so that the first upload need not wait for one."""
        for _ in range(self.settings.decoders):
            self.idle.put(self.child())

    def child(self) -> Child:
        made = Child(self.settings)
        self.children.add(made)
        return made

    async def decode(self, file: bytes) -> Decoded:
        """The picture in a file, decoded in a child.

        Refuses  what is no picture (PictureError); a file when too many wait already (Busy)
        """
        if self.asked >= self.settings.decoders + self.settings.decode_queue:
            raise Busy("too many pictures wait to be decoded: try again in a moment", RETRY_AFTER)
        self.asked += 1
        working = asyncio.get_running_loop().run_in_executor(self.threads, self.decode_now, file)
        working.add_done_callback(self.done)
        return await asyncio.shield(working)

    def done(self, working: asyncio.Future[Decoded]) -> None:
        self.asked -= 1
        if not working.cancelled():
            working.exception()  # whoever asked may have gone

    def decode_now(self, file: bytes) -> Decoded:
        """In one of as many threads as there are children, so that one is always idle."""
        child = self.taken()
        watch = threading.Timer(self.settings.decode_seconds, child.process.kill)
        watch.start()
        try:
            found = child.decode(file)
        except (OSError, EOFError):
            if not self.closed:
                child = self.replaced(child)
            raise too_hard() from None
        finally:
            watch.cancel()
            self.idle.put(child)
        return found

    def taken(self) -> Child:
        """An idle child; where the server was not started, as in a test, the children come with the first pictures."""
        try:
            return self.idle.get_nowait()
        except queue.Empty:
            return self.child()

    def replaced(self, ended: Child) -> Child:
        ended.end()
        self.children.discard(ended)
        return self.child()

    def close(self) -> None:
        """Ends every child; what they were at is refused."""
        self.closed = True
        for child in list(self.children):
            child.process.kill()
        self.threads.shutdown(cancel_futures=True)
        for child in self.children:
            child.end()
