"""What the server counts, for /metrics: of all its processes together, and never of a person, a picture or an address.

Labels come from the code alone (templates of addresses, rules of refusals, names of queues), so that no request can
make a new one.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # where processes count together: read by the library when it is first imported
QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
MOST_RULES = 400
ELSE = "other"

REQUESTS = Counter("kernelwalk_requests", "Requests answered", ["route", "method", "status"])
BEGINNING = Histogram(
    "kernelwalk_request_seconds", "From a request to the beginning of its answer", ["route"], buckets=QUICK
)
SENT = Counter("kernelwalk_sent_bytes", "Bytes of bodies sent", ["route"])
STREAMS = Gauge("kernelwalk_streams", "Streams that are open now", multiprocess_mode="livesum")
STEPS = Counter("kernelwalk_steps", "Steps written into streams")
ASKED = Gauge("kernelwalk_asked", "Work that is waited for now, begun or not", ["work"], multiprocess_mode="livesum")
WORKED = Histogram(
    "kernelwalk_child_seconds", "What a child process took for a picture or a figure", ["work"], buckets=QUICK
)
CACHE = Counter("kernelwalk_cache", "What was looked for in the memory of layers", ["kind", "found"])
REFUSALS = Counter("kernelwalk_refusals", "Requests turned away", ["status", "rule"])
LIMITS_AWAY = Counter("kernelwalk_limits_away", "Times that the store of limits did not answer")
STORE_ERRORS = Counter("kernelwalk_store_errors", "Calls that the store of pictures refused", ["status"])

rules: set[str] = set()


def refused(status: int, rule: str) -> None:
    """Counts a refusal by its rule as the code has it, without the facts that are put in."""
    if rule not in rules and len(rules) >= MOST_RULES:
        rule = ELSE
    rules.add(rule)
    REFUSALS.labels(str(status), rule).inc()


@lru_cache(512)
def looked_for(kind: str, found: bool) -> Counter:
    return CACHE.labels(kind, "yes" if found else "no")


@contextmanager
def worked(work: str) -> Iterator[None]:
    began = time.perf_counter()
    try:
        yield
    finally:
        WORKED.labels(work).observe(time.perf_counter() - began)


def text() -> bytes:
    """All of it, in the form that Prometheus reads."""
    folder = os.environ.get(SHARED)
    if not folder:
        return generate_latest(REGISTRY)
    forget_the_dead(Path(folder))
    together = CollectorRegistry()
    MultiProcessCollector(together, folder)  # type: ignore[no-untyped-call]
    return generate_latest(together)


def share() -> None:
    """Makes the processes that are started from now on count together; called before any of them is."""
    if not os.environ.get(SHARED):
        memory = Path("/dev/shm")  # is there where nothing else can be written
        place = str(memory) if os.access(memory, os.W_OK) else None
        os.environ[SHARED] = tempfile.mkdtemp(prefix="kernelwalk-metrics-", dir=place)


def unshare() -> None:
    """Removes what they wrote."""
    folder = Path(os.environ.pop(SHARED, ""))
    for file in folder.glob("*.db"):
        file.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def forget_the_dead(folder: Path) -> None:
    """What processes that have ended hold open no more; what they counted stays counted."""
    for file in folder.glob("gauge_live*.db"):
        number = file.stem.rpartition("_")[2]
        if number.isdigit() and not alive(int(number)):
            mark_process_dead(int(number), str(folder))  # type: ignore[no-untyped-call]


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
