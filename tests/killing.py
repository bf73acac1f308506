"""A server that is killed again and again while pictures are uploaded to it, on one store."""

from __future__ import annotations

import io
import threading
from contextlib import suppress
from pathlib import Path

import httpx
import numpy as np
from PIL import Image

from tests.running import start_server


def picture(number: int) -> bytes:
    """Another one for each number."""
    written = io.BytesIO()
    Image.fromarray(np.random.default_rng(number).integers(0, 256, (60, 80, 3), np.uint8)).save(written, "PNG")
    return written.getvalue()


def acknowledged_before_kills(folder: Path, times: int) -> set[str]:
    """Kills a server so many times in the middle of uploads; the pictures of which it had said that it keeps them."""
    kept: set[str] = set()
    for turn in range(times):
        server = start_server(folder)
        several = threading.Event()

        def upload(url: str, turn: int, several: threading.Event) -> None:
            with suppress(httpx.TransportError):
                for number in range(1000):
                    told = httpx.post(f"{url}/api/images", content=picture(1000 * turn + number), timeout=60)
                    kept.add(told.json()["id"])
                    if number == turn % 5:
                        several.set()

        uploading = threading.Thread(target=upload, args=(server.url, turn, several))
        uploading.start()
        several.wait(60)
        server.running.kill()
        server.running.wait()
        uploading.join()
    return kept


def lost_or_damaged(folder: Path, kept: set[str]) -> list[str]:
    """The pictures that a server which is started anew does not give back whole."""
    server = start_server(folder)
    try:
        return [name for name in sorted(kept) if not whole(server.url, name)]
    finally:
        server.stop()


def whole(url: str, name: str) -> bool:
    told = httpx.get(f"{url}/api/images/{name}", timeout=60)
    if told.status_code != 200:
        return False
    with Image.open(io.BytesIO(told.content)) as opened:
        opened.load()
    return True
