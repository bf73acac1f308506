"""Who computes when: work that is quick never waits behind work that takes long, and neither queue grows for ever."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from functools import partial
from typing import TypeVar

from app import metrics
from app.budget import LEFT, watched
from app.errors import Busy
from app.settings import Settings
from core.texts import Text

T = TypeVar("T")

LIGHT = 0.05  # estimated seconds: what takes longer is heavy
RETRY_AFTER = 2  # seconds
FULL = Text("the server has too much to compute: try again in a moment")
LATE = Text("the server could not answer in time: try again in a moment")

QUICK: ContextVar[bool] = ContextVar("QUICK", default=False)  # of work in the lane of what is light
CLIENT: ContextVar[str] = ContextVar("CLIENT", default="")  # who asks


class Heavy(Exception):
    """Of work that turned out to be heavy before it was begun."""


def weigh(seconds: float) -> None:
    """Called before something is computed that is thought to take so long: what is heavy goes to its own lane."""
    if QUICK.get() and seconds > LIGHT:
        raise Heavy


class Lane:
    """So many threads, and a queue of bounded length of which no client has more than a share."""

    def __init__(self, name: str, threads: int, waiting: int, share: int | None = None) -> None:
        self.name = name
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.places = threads + waiting
        self.share = share or self.places
        self.asked = 0
        self.clients: Counter[str] = Counter()
        self.lock = threading.Lock()

    @property
    def full(self) -> bool:
        return self.asked >= self.places or self.clients[CLIENT.get()] >= self.share

    async def run(self, work: Callable[[], T]) -> T:
        """Refuses  work for which there is no place (Busy)"""
        client = CLIENT.get()
        with self.lock:
            if self.full:
                raise Busy(FULL, RETRY_AFTER)
            self.asked += 1
            self.clients[client] += 1
        metrics.ASKED.labels(self.name).inc()
        working = self.pool.submit(work)
        working.add_done_callback(partial(self.done, client))
        return await asyncio.wrap_future(working)

    def done(self, client: str, _: Future[T]) -> None:
        """Also of work that was given up while it waited."""
        metrics.ASKED.labels(self.name).dec()
        with self.lock:
            self.asked -= 1
            self.clients[client] -= 1
            if not self.clients[client]:
                del self.clients[client]


class Lanes:
    """One lane for what is light, one for what is heavy."""

    def __init__(self, settings: Settings) -> None:
        self.deadline = settings.answer_deadline
        heavy = settings.mappers + settings.map_queue
        self.light = Lane("scenes", settings.threads, settings.queue)
        self.heavy = Lane("maps", settings.mappers, settings.map_queue, share=-(-heavy // 2))

    async def run(self, work: Callable[[], T]) -> T:
        """Refuses  what finds no place, or is not done in time (Busy)"""
        try:
            async with asyncio.timeout(self.deadline):
                try:
                    return await self.light.run(watched(quick, work))
                except Heavy:
                    return await self.heavy.run(watched(work))
        except TimeoutError:
            left = LEFT.get()
            if left is not None:
                left.set()
            raise Busy(LATE, RETRY_AFTER) from None

    def close(self) -> None:
        for lane in (self.light, self.heavy):
            lane.pool.shutdown(wait=False, cancel_futures=True)


def quick(work: Callable[[], T]) -> T:
    QUICK.set(True)
    return work()
