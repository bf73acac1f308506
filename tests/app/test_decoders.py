"""Pictures are decoded in children: what a file does to one, the server and the next picture never feel."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from app.errors import Busy, Interrupted
from app.pictures.decoders import Decoders
from app.pictures.errors import PictureError
from app.pictures.normalise import normalise
from app.settings import Settings
from tests.app.pictures import jpeg_of_many_scans, tiff_of
from tests.app.serving import eventually, serving


def photograph(width: int = 90, height: int = 60, form: str = "JPEG") -> bytes:
    noise = np.random.default_rng(5).integers(0, 256, (height, width, 3), dtype=np.uint8)
    file = BytesIO()
    Image.fromarray(noise).save(file, form)
    return file.getvalue()


@pytest.fixture
def decoders(request: pytest.FixtureRequest) -> Iterator[Decoders]:
    made = Decoders(Settings(**{"decoders": 1, **getattr(request, "param", {})}))
    made.start()
    yield made
    made.close()


def with_settings(**settings: Any) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("decoders", [settings], indirect=True)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_child_gives_what_the_server_itself_would_decode(decoders: Decoders, form: str) -> None:
    file = photograph(form=form)
    here, there = normalise(file, Settings()), decoders.answer_now(file)
    assert (there.id, there.png) == (here.id, here.png())
    assert np.array_equal(there.pixels, here.pixels)


@pytest.mark.parametrize("file", [b"", b"no picture", photograph()[:400]], ids=["empty", "text", "cut off"])
def test_a_child_refuses_in_the_same_words(decoders: Decoders, file: bytes) -> None:
    with pytest.raises(PictureError) as here:
        normalise(file, Settings())
    with pytest.raises(PictureError) as there:
        decoders.answer_now(file)
    assert (there.value.status, there.value.detail()) == (here.value.status, here.value.detail())


@with_settings(decode_seconds=0.5)
def test_a_child_that_takes_too_long_is_ended_and_the_next_picture_is_decoded(decoders: Decoders) -> None:
    (stuck,) = decoders.children
    os.kill(stuck.process.pid, signal.SIGSTOP)
    with pytest.raises(PictureError, match="more time or memory"):
        decoders.answer_now(photograph())
    assert stuck.process.poll() is not None
    decoders.settings = Settings()
    assert decoders.answer_now(photograph()).size == (90, 60)


def test_a_child_that_has_died_is_replaced_before_a_picture_comes(decoders: Decoders) -> None:
    for _ in range(3):
        (doomed,) = decoders.children
        doomed.process.kill()
        doomed.process.wait()
        assert decoders.answer_now(photograph()).size == (90, 60)
    assert len(decoders.children) == 1


@pytest.mark.parametrize(("how", "refused"), [(signal.SIGABRT, PictureError), (signal.SIGKILL, Interrupted)])
def test_a_child_that_dies_over_a_picture_is_replaced(
    decoders: Decoders, how: signal.Signals, refused: type[Exception]
) -> None:
    (doomed,) = decoders.children
    os.kill(doomed.process.pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(decoders.answer_now, photograph())
        eventually(decoders.idle.empty)
        os.kill(doomed.process.pid, how)
        with suppress(ProcessLookupError):
            os.kill(doomed.process.pid, signal.SIGCONT)
        with pytest.raises(refused):
            waiting.result()
    assert decoders.answer_now(photograph()).size == (90, 60)
    assert len(decoders.children) == 1


@with_settings(decode_memory=64 * 2**20)
def test_a_picture_that_needs_more_memory_than_it_may_is_refused(decoders: Decoders) -> None:
    wide = BytesIO()
    Image.new("RGB", (6000, 6000)).save(wide, "PNG")
    if sys.platform == "linux":  # where a process can be given a limit
        with pytest.raises(PictureError, match="in a picture editor"):
            decoders.answer_now(wide.getvalue())
    assert decoders.answer_now(photograph()).size == (90, 60)


def tiff_of_many_scans() -> bytes:
    scans = jpeg_of_many_scans(20_000)
    entries = [(256, 4, 1, 64), (257, 4, 1, 64), (258, 3, 1, 8), (259, 3, 1, 7), (262, 3, 1, 1), (273, 4, 1, 8),
               (277, 3, 1, 1), (278, 4, 1, 64), (279, 4, 1, len(scans))]  # fmt: skip
    return tiff_of(entries, scans)


def avif_that_claims_less_than_is_coded() -> bytes:
    """An honestly coded picture of 49 megapixels in a container that says 64 x 64."""
    written = BytesIO()
    Image.new("RGB", (7000, 7000), (90, 90, 90)).save(written, "AVIF", speed=10, quality=30)
    data = bytearray(written.getvalue())
    place = data.index(b"ispe") + 8
    data[place : place + 8] = (64).to_bytes(4) * 2
    return bytes(data)


@pytest.mark.parametrize("make", [tiff_of_many_scans, avif_that_claims_less_than_is_coded])
def test_what_a_file_hides_from_its_header_costs_a_child_little(decoders: Decoders, make: Callable[[], bytes]) -> None:
    with suppress(PictureError):
        assert decoders.answer_now(make()).size == (64, 64)
    (child,) = decoders.children
    assert decoders.answer_now(photograph()).size == (90, 60)
    assert list(decoders.children) == [child]


@with_settings(decode_queue=1, decode_seconds=1.0)
def test_more_pictures_than_may_wait_are_sent_away_for_now(decoders: Decoders) -> None:
    (stuck,) = decoders.children
    os.kill(stuck.process.pid, signal.SIGSTOP)

    async def crowd() -> list[object]:
        return await asyncio.gather(*(decoders.answer(photograph()) for _ in range(5)), return_exceptions=True)

    outcomes = asyncio.run(crowd())
    assert sum(isinstance(outcome, Busy) for outcome in outcomes) == 3
    assert decoders.asked == 0


def test_a_crowd_of_uploads_gets_429_with_the_time_to_wait_and_the_others_their_picture(tmp_path: Path) -> None:
    with serving(tmp_path, decoders=1, decode_queue=1) as port, ThreadPoolExecutor(12) as crowd:
        address = f"http://127.0.0.1:{port}/api/images"
        file = photograph(2500, 2000, "PNG")
        answers = list(crowd.map(lambda _: httpx.post(address, content=file, timeout=60), range(12)))
        turned = [answer for answer in answers if answer.status_code == 429]
        assert {answer.status_code for answer in answers} == {201, 429}
        assert all(int(answer.headers["Retry-After"]) > 0 and answer.json()["detail"] for answer in turned)
        assert httpx.post(address, content=photograph(), timeout=60).status_code == 201


def test_no_child_outlives_its_server(tmp_path: Path) -> None:
    with serving(tmp_path) as port:
        httpx.post(f"http://127.0.0.1:{port}/api/images", content=photograph()).raise_for_status()
        children = children_of(os.getpid())
        assert children
    eventually(lambda: not children & children_of(os.getpid()))


def test_children_end_when_their_server_is_gone_without_a_word(decoders: Decoders) -> None:
    (child,) = decoders.children
    decoders.answer_now(photograph())
    child.ask.close()
    assert child.process.wait(10) == 0


def children_of(parent: int) -> set[int]:
    """Processes that decode for this one, as the system lists them."""
    ask = ["ps", "-A", "-o", "pid=,ppid=,state=,command="]
    listing = subprocess.run(ask, capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=3) for line in listing.stdout.splitlines()]
    return {
        int(pid)
        for pid, ppid, state, command in (row for row in rows if len(row) == 4)
        if int(ppid) == parent and not state.startswith("Z") and "app.pictures.decoder" in command
    }
