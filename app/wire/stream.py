"""A trace as a stream of lines: small chunks first, then as large ones as its reader takes at once."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import orjson

from app import metrics
from app.budget import Abandoned
from app.errors import BROKEN, Refusal, problem_of
from app.evaluation import Scenes
from app.wire.chunks import Chunks, Key
from app.wire.encoder import encode
from app.wire.pacing import Reader
from core.errors import SceneError
from core.integers import whole
from core.rows import rows
from core.texts import Say, in_english
from core.trace import MOST_AT_WORK, Trace

JSON_LINES, EVENTS = "application/jsonl", "text/event-stream"

CHUNK, LEAST_ALIGNED = 896, 7  # steps at most, and the least of which chunks are whole multiples
INLINE_CELLS = 2**15  # work of well under a millisecond, less than a change of threads costs
ROWS_CHUNK = 2**14
ROWS = "rows"
SHUTDOWN = "shutdown"  # why a stream ended before its time
SERVER_FAILED = "the server failed while it computed these steps"

log = logging.getLogger("kernelwalk.stream")
written = Chunks()
told_cells: WeakKeyDictionary[Trace, dict[str, int]] = WeakKeyDictionary()

Framing = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Range:
    """Which steps are asked for, and how much of each."""

    start: int
    stop: int
    detail: Any = "full"  # one of the core's, or rows
    every: int = 1

    @property
    def count(self) -> int:
        return max(0, -(-(self.stop - self.start) // self.every))


def range_of(trace: Trace, start: int, stop: int | None, detail: str, every: int) -> Range:
    """A range that the trace has, or a refusal; `stop` is exclusive and may lie behind the end, as in Python."""
    last = len(trace)
    end = last if stop is None or stop > last else stop
    if not 0 <= start <= last:
        raise SceneError("start", start, "must lie between {least} and {most}", least=0, most=last)
    whole("every", every, 1)
    if end < start:
        raise SceneError("stop", stop, "must not lie before start, {start}", start=start)
    if detail == ROWS and every != 1:
        raise SceneError("every", every, "must be 1 when detail is rows")
    return Range(start, end, detail, every)


def resumed(asked: Range, last_event: str) -> Range:
    """The rest of a range for a reader of events who comes back."""
    if not re.fullmatch(r"[0-9]{1,15}", last_event):
        return asked
    done = max(0, int(last_event) - asked.start) // asked.every + 1
    return replace(asked, start=min(asked.start + done * asked.every, asked.stop))


async def lines(
    trace: Trace,
    asked: Range,
    scenes: Scenes,
    framing: Framing,
    say: Say = in_english,
    whole: bool = True,
    reader: Reader | None = None,
) -> AsyncGenerator[bytes, None]:
    """Start line, steps, end line, in chunks; a failure on the way is the last line, and so is the server's end.

    Of a trace that is not `whole`, an outline, the start is told before the layers under it are computed.
    """
    reader = reader or Reader()
    opening = orjson.dumps(trace.start(asked.start, asked.stop, asked.detail, asked.every)) + b"\n"
    try:
        if not whole:
            yield framing(opening)
            opening = b""
            trace = await scenes.run(scenes.trace, trace.scene, trace.index)
        async with aclosing(chunks_of(trace, asked, scenes, reader)) as chunks:
            async for chunk in chunks:
                yield framing(opening + chunk)
                opening = b""
                if reader.leaving:
                    yield framing(orjson.dumps({"type": "end", "reason": SHUTDOWN}) + b"\n")
                    return
        yield framing(opening + orjson.dumps({"type": "end", "count": asked.count}) + b"\n")
    except (SceneError, Refusal) as error:
        yield framing(opening + failure(error, say))
    except Abandoned:
        return
    except Exception:
        log.exception("a stream failed")
        yield framing(opening + failure(Refusal(BROKEN, SERVER_FAILED, field="server"), say))


def chunks_of(trace: Trace, asked: Range, scenes: Scenes, reader: Reader) -> AsyncGenerator[bytes, None]:
    chunks = row_chunks if asked.detail == ROWS else step_chunks
    return chunks(trace, asked, scenes, reader)


def failure(error: SceneError | Refusal, say: Say) -> bytes:
    return orjson.dumps({"type": "error", **problem_of(error, say)}) + b"\n"


async def step_chunks(trace: Trace, asked: Range, scenes: Scenes, reader: Reader) -> AsyncGenerator[bytes, None]:
    """Lines of steps; a thread makes the chunks that would hold up the others."""
    if not asked.count:
        return
    under = trace.layer.step_cells()  # under the window, told or not
    told = cells_of_step(trace, asked) if under <= INLINE_CELLS else await scenes.run(cells_of_step, trace, asked)
    start = asked.start
    while start < asked.stop:
        done = (start - asked.start) // asked.every
        count = fitting(done, min(reader.cells // told, MOST_AT_WORK // under))
        stop = min(start + count * asked.every, asked.stop)
        async with reader.turn():
            if count * max(told, under) <= INLINE_CELLS or chunk_key(trace, start, stop, asked) in written:
                text = step_lines(trace, start, stop, asked)
            else:
                text = await scenes.run(step_lines, trace, start, stop, asked)
        yield text
        reader.took(count * told)
        start = stop


def fitting(done: int, most: int) -> int:
    """How many steps come next, after so many: where readers of one stream walk at different paces, chunks still meet.

    >>> [fitting(0, 900), fitting(56, 900), fitting(84, 30), fitting(10, 5), fitting(0, 0)]
    [896, 56, 28, 5, 1]
    """
    count = CHUNK
    while count > most or done % count:
        if count == LEAST_ALIGNED:
            return max(1, min(most, CHUNK))
        count //= 2
    return count


def cells_of_step(trace: Trace, asked: Range) -> int:
    """How many numbers one step carries; asked once of a trace, whose windows differ by a row and a column at most."""
    known = told_cells.setdefault(trace, {})
    if asked.detail not in known:
        batch = trace.batch(asked.start, asked.start + 1, asked.detail)
        known[asked.detail] = sum(int(np.prod(column.shape[1:], dtype=np.int64)) for column in batch.columns.values())
    return known[asked.detail]


def chunk_key(trace: Trace, start: int, stop: int, asked: Range) -> Key:
    return written.key(trace, start, stop, asked.detail, asked.every)


def step_lines(trace: Trace, start: int, stop: int, asked: Range) -> bytes:
    metrics.STEPS.inc(len(range(start, stop, asked.every)))
    return written.told(
        chunk_key(trace, start, stop, asked),
        lambda: encode(trace.batch(start, stop, asked.detail, asked.every).columns),
    )


async def row_chunks(trace: Trace, asked: Range, scenes: Scenes, reader: Reader) -> AsyncGenerator[bytes, None]:
    """A line for each output row, or piece of one."""
    across = trace.output_shape[2]
    start = asked.start
    while start < asked.stop:
        most = min(ROWS_CHUNK, reader.cells)
        stop = min(asked.stop, max(start + min(across, ROWS_CHUNK), (start + most) // across * across))
        async with reader.turn():
            text = await scenes.run(row_lines, trace, start, stop)
        yield text
        reader.took(stop - start)
        start = stop


def row_lines(trace: Trace, start: int, stop: int) -> bytes:
    metrics.STEPS.inc(stop - start)
    return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows(trace, start, stop))


def as_lines(text: bytes) -> bytes:
    """JSON Lines are sent as they are."""
    return text


def as_events(text: bytes) -> bytes:
    """Server-sent events: one a line, named by the last step that it tells."""
    return b"".join(event(line) for line in text.split(b"\n") if line)


def event(line: bytes) -> bytes:
    if line.startswith(b'{"type":"step"'):
        return b"id: %d\ndata: %b\n\n" % (int(line[23 : line.index(b",", 23)]), line)
    if line.startswith(b'{"type":"row"'):
        row = orjson.loads(line)
        return b"id: %d\ndata: %b\n\n" % (row["index"] + row["count"] - 1, line)
    return b"data: %b\n\n" % line
