"""From a picture's bytes to the stage: an upload and the opening of its first scene, over HTTP to a server as it is."""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx
import numpy as np
from PIL import Image

from app.pictures.samples import sample_pixels
from tests.running import start_server

ROUNDS = 7
PATIENCE = 60.0  # seconds
ROWS: tuple[tuple[str, str, tuple[int, int], float], ...] = (
    ("a phone's photograph, 12 megapixels, JPEG", "JPEG", (4000, 3000), 1.0),
    ("a small picture, 300 x 200, PNG", "PNG", (300, 200), 0.1),
)


def main() -> int:
    """Prints a line for each picture; fails when one misses its goal, in seconds to the stage."""
    print(f"{'picture':<46} {'upload':>8} {'opening':>8} {'on stage':>9}  goal")
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder), KERNELWALK_LOG_LEVEL="warning")
        try:
            with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:  # a page that is open has a connection
                client.get("/").raise_for_status()
                return max(line(client, *row) for row in ROWS)
        finally:
            server.stop()


def line(server: httpx.Client, what: str, form: str, size: tuple[int, int], goal: float) -> int:
    rounds = [seconds(server, picture(form, size, number)) for number in range(ROUNDS)]
    upload, opening = (statistics.median(turn[place] for turn in rounds) for place in (0, 1))
    staged = statistics.median(map(sum, rounds))
    verdict = "MISSED" if staged > goal else "ok"
    print(f"{what:<46} {upload:>6.3f} s {opening:>6.3f} s {staged:>7.3f} s  {goal:.1f} s {verdict}", flush=True)
    return int(staged > goal)


def picture(form: str, size: tuple[int, int], number: int) -> bytes:
    """A photograph with the noise of a sensor, another one each time: the same picture again would not be kept anew."""
    coffee = Image.fromarray(sample_pixels("coffee").transpose(1, 2, 0)).resize(size, Image.Resampling.BICUBIC)
    noise = np.random.default_rng(number).normal(0, 3, (size[1], size[0], 3))
    written = io.BytesIO()
    Image.fromarray(np.clip(np.asarray(coffee) + noise, 0, 255).astype(np.uint8)).save(written, form, quality=90)
    return written.getvalue()


def seconds(server: httpx.Client, file: bytes) -> tuple[float, float]:
    began = time.perf_counter()
    kept = server.post("/api/images", content=file).raise_for_status().json()
    uploaded = time.perf_counter()
    server.get("/api/opening", params={"scene": kept["scene"]}).raise_for_status()
    return uploaded - began, time.perf_counter() - uploaded


if __name__ == "__main__":
    sys.exit(main())
