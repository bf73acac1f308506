"""Child processes that answer messages: a few, kept warm, ended and replaced when a message is too much for one.

Each message, and each part of an answer, is its length in eight bytes and as many bytes.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import queue
import signal
import subprocess
import sys
import threading
from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, Generic, TypeVar

from app import metrics
from app.errors import Busy, Interrupted
from app.settings import Settings
from core.texts import Text

ROOT = Path(__file__).parents[__name__.count(".")]  # where the outermost package lies, whatever it is called
LENGTH = 8
RETRY_AFTER = 2  # seconds
PIPE_BYTES = 2**20
GOING = 1.0  # seconds between the end of what a process tells and its own
FROM_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM)  # no message makes a process end so
ENDED = Text("the process that was at it was ended: try again in a moment")
SECRET = "KERNELWALK_LIMITS_STORE"  # may hold a password

T = TypeVar("T")


class Child(ABC, Generic[T]):
    """One process and the pipes to it."""

    hidden: tuple[str, ...] = ()  # beginnings of variables that the process has no business with

    def __init__(self, module: str, *words: str) -> None:
        unseen = (metrics.SHARED, SECRET, *self.hidden)
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith(unseen)},
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

    @abstractmethod
    def answer(self, message: bytes) -> T:
        """Refuses  what the child refuses, with OSError or EOFError when the process has ended"""

    def tell(self, message: bytes | memoryview) -> None:
        self.ask.write(len(message).to_bytes(LENGTH))
        self.ask.write(message)
        self.ask.flush()

    def message(self) -> bytearray:
        """The next message, into memory of its own."""
        length = int.from_bytes(self.exactly(LENGTH))
        return self.exactly(length)

    def exactly(self, length: int) -> bytearray:
        room = bytearray(length)
        self.fill(memoryview(room))
        return room

    def fill(self, room: memoryview) -> None:
        filled = 0
        while filled < len(room):
            count = self.told.readinto(room[filled:])  # type: ignore[attr-defined]
            if not count:
                raise EOFError
            filled += count

    def was_ended(self) -> bool:
        """Whether somebody else ended the process, and it did not fail by itself."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(GOING)
        return self.process.returncode in FROM_OUTSIDE

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


def stop(child: Child[T], late: threading.Event) -> None:
    late.set()
    child.process.kill()


class Children(ABC, Generic[T]):
    """So many children, each with one message at a time; more wait, and beyond that they are sent away for now."""

    name: str
    busy: str  # what those are told

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.threads = ThreadPoolExecutor(self.count, thread_name_prefix=self.name)
        self.idle: queue.SimpleQueue[Child[T]] = queue.SimpleQueue()
        self.children: set[Child[T]] = set()
        self.asked = 0
        self.closed = False

    @property
    @abstractmethod
    def count(self) -> int:
        """How many children."""

    @property
    @abstractmethod
    def waiting(self) -> int:
        """How many messages may wait for one."""

    @property
    @abstractmethod
    def seconds(self) -> float:
        """After so many a child that has not answered is ended."""

    @abstractmethod
    def made(self) -> Child[T]:
        """A new child."""

    @abstractmethod
    def failed(self) -> Exception:
        """What is said of a message whose child has ended."""

    def start(self) -> None:
        """Starts the children, so that the first message need not wait for one."""
        for _ in range(self.count):
            self.idle.put(self.child())

    def child(self) -> Child[T]:
        made = self.made()
        self.children.add(made)
        return made

    async def answer(self, message: bytes) -> T:
        """What a child answers.

        Refuses  what the child refuses; a message when too many wait already (Busy)
        """
        if self.asked >= self.count + self.waiting:
            raise Busy(self.busy, RETRY_AFTER)
        self.asked += 1
        metrics.ASKED.labels(self.name).inc()
        working = asyncio.get_running_loop().run_in_executor(self.threads, self.answer_now, message)
        working.add_done_callback(self.done)
        return await asyncio.shield(working)

    def done(self, working: asyncio.Future[T]) -> None:
        self.asked -= 1
        metrics.ASKED.labels(self.name).dec()
        if not working.cancelled():
            working.exception()  # whoever asked may have gone

    def answer_now(self, message: bytes) -> T:
        """In one of as many threads as there are children, so that one is always idle."""
        child, late = self.taken(), threading.Event()
        watch = threading.Timer(self.seconds, stop, (child, late))
        watch.start()
        try:
            with metrics.worked(self.name):
                found = child.answer(message)
        except (OSError, EOFError):
            lost = self.failed() if late.is_set() else self.lost(child)
            if not self.closed:
                child = self.replaced(child)
            raise lost from None
        finally:
            watch.cancel()
            self.idle.put(child)
        return found

    def taken(self) -> Child[T]:
        """An idle child; where the server was not started, as in a test, the children come with the first pictures."""
        try:
            child = self.idle.get_nowait()
        except queue.Empty:
            return self.child()
        return child if self.closed or child.process.poll() is None else self.replaced(child)

    def lost(self, child: Child[T]) -> Exception:
        """What is said of a message whose child has ended by itself, or was ended by somebody else."""
        return Interrupted(ENDED, RETRY_AFTER) if child.was_ended() else self.failed()

    def replaced(self, ended: Child[T]) -> Child[T]:
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
