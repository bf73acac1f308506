"""The child process that decodes pictures: a file in, its pixels or a refusal out, over two pipes.

    python -m app.pictures.decoder SETTINGS MEMORY

Whatever a file does to a decoder, it does it here: the server lives on, and may end this process at any time.
Each message is a length in eight bytes and as many bytes; an answer is its head in JSON, then the pixels, then the PNG,
which some threads pack meanwhile.
It ends when its server does, because then nothing more comes through the pipe.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import BinaryIO

import orjson

from app.children import LENGTH
from app.pictures.errors import PictureError, too_hard
from app.pictures.normalise import normalise
from app.pictures.png import Each, pieces_of, png_of_pieces
from app.settings import Settings

MOST_PACKERS, FIRST_ROOM = 4, 2**16


def main(settings: str, memory: str) -> None:
    words_in, words_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the answers
    with packers() as pool:  # before the bound, which is for pictures
        bound_memory(int(memory))
        chosen = Settings.model_validate_json(settings)
        while (file := message(words_in)) is not None:
            for part in answer(file, chosen, pool.map):
                words_out.write(len(part).to_bytes(LENGTH))
                words_out.write(part)
            words_out.flush()


def packers() -> ThreadPoolExecutor:
    """A thread for each processor, up to a few, each with its own memory."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    count = min(processors, MOST_PACKERS)
    pool, all_there = ThreadPoolExecutor(count), Barrier(count)
    for begun in [pool.submit(lambda: (all_there.wait(), bytearray(FIRST_ROOM))) for _ in range(count)]:
        begun.result()
    return pool


def bound_memory(more: int) -> None:
    """As much more than now as one picture may need; systems without such a limit go without."""
    if sys.platform == "linux":
        import resource

        pages = int(open("/proc/self/statm", encoding="ascii").read().split()[0])  # noqa: PTH123, SIM115
        most = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def message(words: BinaryIO) -> bytes | None:
    """The next message; None when the other side has gone."""
    head = words.read(LENGTH)
    if len(head) < LENGTH:
        return None
    length = int.from_bytes(head)
    found = words.read(length)
    return found if len(found) == length else None


def answer(file: bytes, settings: Settings, each: Each = map) -> Iterator[bytes | memoryview]:
    try:
        found = normalise(file, settings)
        pieces = pieces_of(found.pixels, each)
    except MemoryError:
        yield from refusal(too_hard())
        return
    except PictureError as error:
        yield from refusal(error)
        return
    yield orjson.dumps({"id": found.id, "shape": found.pixels.shape})
    yield found.pixels.reshape(-1).data
    yield png_of_pieces(found.pixels.shape, pieces)


def refusal(error: PictureError) -> tuple[bytes, bytes, bytes]:
    return orjson.dumps({"status": error.status, "rule": error.rule, "facts": error.facts}), b"", b""


if __name__ == "__main__":
    main(*sys.argv[1:])
