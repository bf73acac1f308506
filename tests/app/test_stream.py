"""Streams over a real socket: framing, order, disconnects, readers that stop reading."""

import json
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

import core
from app.evaluation import Scenes
from app.pictures.resize import area_average
from app.pictures.samples import sample_pixels
from app.wire import stream
from core.vocabulary import Array
from tests.app.serving import eventually, serving

SCENE = "letter | conv2d sobel-x padding=same"
STEPS = 4096


def ask(server: str, headers: dict[str, str] | None = None, **words: Any) -> httpx.Response:
    return httpx.get(f"{server}/api/steps", params={"scene": SCENE} | words, headers=headers)


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def trace(scene: str = SCENE) -> core.Trace:
    return core.trace(scene, sample_pixels("letter"))


def test_a_stream_is_start_steps_end(server: str) -> None:
    start, *steps, end = lines(ask(server).text)
    assert start == trace().start(0, STEPS)
    assert steps == list(trace())
    assert end == {"type": "end", "count": STEPS}


@pytest.mark.parametrize("detail", core.vocabulary.DETAILS)
def test_any_range_of_any_detail_is_what_the_core_says(server: str, detail: Any) -> None:
    _, *steps, end = lines(ask(server, start=1000, stop=1300, every=7, detail=detail).text)
    assert steps == list(trace().steps(1000, 1300, detail, every=7))
    assert end["count"] == len(steps)


@pytest.mark.parametrize(
    "scene", ["letter | sobel", "letter | max_pool2d 2 padding=1", "letter | conv2d sobel-x | relu"]
)
def test_every_kind_of_number_survives_the_wire(server: str, scene: str) -> None:
    _, *steps, _ = lines(ask(server, scene=scene, stop=700).text)
    assert steps == trace(scene)[:700]


def test_rows_hold_the_same_outputs_as_steps(server: str) -> None:
    start, *rows, end = lines(ask(server, detail="rows", start=10, stop=200).text)
    assert start["detail"] == "rows"
    assert [value for row in rows for value in row["outputs"]] == trace().outputs(10, 200).tolist()
    assert [(row["index"], row["at"], row["count"]) for row in rows][:2] == [(10, [0, 0, 10], 54), (64, [0, 1, 0], 64)]
    assert end == {"type": "end", "count": 190}


def test_a_stop_behind_the_end_is_the_end_as_in_python(server: str) -> None:
    start, *_, end = lines(ask(server, start=4090, stop=10_000).text)
    assert (start["stop"], end["count"]) == (STEPS, 6)


def test_an_empty_range_is_a_start_and_an_end(server: str) -> None:
    assert [line["type"] for line in lines(ask(server, start=5, stop=5).text)] == ["start", "end"]


def test_post_asks_the_same_as_get(server: str) -> None:
    body = {"scene": core.parse(SCENE).as_json(), "start": 3, "stop": 9, "detail": "sums"}
    posted = httpx.post(f"{server}/api/steps", json=body)
    assert posted.text == ask(server, start=3, stop=9, detail="sums").text
    assert posted.headers["cache-control"] == "no-store"


def test_events_carry_the_same_lines_with_the_step_as_their_id(server: str) -> None:
    events = ask(server, {"accept": "text/event-stream"}, stop=40).text.strip().split("\n\n")
    plain = ask(server, stop=40).text.splitlines()
    assert [event.split("data: ")[1] for event in events] == plain
    assert [event.split("\n")[0] for event in events[1:-1]] == [f"id: {index}" for index in range(40)]


@pytest.mark.parametrize(
    ("accept", "told"),
    [
        ("Text/Event-Stream", "text/event-stream"),
        ("text/html, text/event-stream;q=0.5", "text/event-stream"),
        ("text/event-stream;q=0, */*", "application/jsonl"),
        ("*/*", "application/jsonl"),
    ],
)
def test_events_are_for_those_who_accept_them(server: str, accept: str, told: str) -> None:
    assert ask(server, {"accept": accept}, stop=1).headers["content-type"].split(";")[0] == told


def test_a_reader_of_events_who_comes_back_gets_the_rest_and_then_nothing(server: str) -> None:
    accept = {"accept": "text/event-stream"}
    rest = ask(server, accept | {"last-event-id": "12"}, start=3, stop=40, every=3).text
    assert [line for line in rest.splitlines() if line.startswith("id:")] == [
        f"id: {step}" for step in range(15, 40, 3)
    ]
    assert ask(server, accept | {"last-event-id": "39"}, stop=40).status_code == 204


def test_a_stream_is_compressed_only_for_those_who_ask(server: str) -> None:
    plain = ask(server, {"accept-encoding": "identity"})
    with httpx.stream(
        "GET", f"{server}/api/steps", params={"scene": SCENE}, headers={"accept-encoding": "gzip"}
    ) as got:
        packed = b"".join(got.iter_raw())
    assert "content-encoding" not in plain.headers
    assert got.headers["content-encoding"] == "gzip"
    assert zlib.decompress(packed, 31) == plain.content
    assert len(packed) < len(plain.content) / 3


def test_a_known_stream_is_not_sent_again(server: str) -> None:
    first = ask(server, stop=20)
    again = ask(server, {"if-none-match": first.headers["etag"]}, stop=20)
    assert (again.status_code, again.content) == (304, b"")
    assert ask(server, {"if-none-match": first.headers["etag"]}, stop=21).status_code == 200
    assert "public" in first.headers["cache-control"]
    assert first.headers["x-accel-buffering"] == "no"


def test_a_head_request_makes_no_steps(server: str) -> None:
    started = time.monotonic()
    answer = httpx.head(f"{server}/api/steps", params={"scene": "brick | gaussian-7"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert time.monotonic() - started < 2


def test_a_window_over_the_whole_picture_is_streamed_in_bounded_pieces(server: str) -> None:
    _, step, end = lines(ask(server, scene="brick 256 | global_avg_pool2d").text)
    shrunk = area_average(sample_pixels("brick"), 256)
    assert step == core.trace("brick | global_avg_pool2d", shrunk)[0]
    assert end["count"] == 1


def test_a_failure_on_the_way_is_the_last_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = stream.step_lines

    def fails_later(trace: core.Trace, start: int, *rest: Any) -> bytes:
        if start > 100:
            raise core.SceneError("step", start, "cannot be computed")
        return made(trace, start, *rest)

    monkeypatch.setattr(stream, "step_lines", fails_later)
    with serving(tmp_path) as port:
        *_, last = lines(ask(f"http://127.0.0.1:{port}").text)
    assert last == {
        "type": "error",
        "detail": "step is 112: cannot be computed",
        "field": "step",
        "value": 112,
        "rule": "cannot be computed",
    }


# --- readers that leave, and readers that stay and do not read


@pytest.fixture
def chunks_made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one for each chunk that is computed."""
    made: list[int] = []
    compute = stream.step_lines

    def counted(*given: Any) -> bytes:
        made.append(1)
        return compute(*given)

    monkeypatch.setattr(stream, "step_lines", counted)
    return made


@pytest.fixture
def streams_closed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one for each stream that has given everything back."""
    closed: list[int] = []
    opened = stream.step_chunks

    async def watched(*given: Any) -> Any:
        try:
            async for chunk in opened(*given):
                yield chunk
        finally:
            closed.append(1)

    monkeypatch.setattr(stream, "step_chunks", watched)
    return closed


def silent_reader(port: int) -> socket.socket:
    """Asks for 262,144 steps, 68 MB, and reads nothing."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.connect(("127.0.0.1", port))
    reader.sendall(b"GET /api/steps?scene=brick|sobel-x+padding=same HTTP/1.1\r\nhost: here\r\n\r\n")
    return reader


def read_all(reader: socket.socket) -> None:
    while reader.recv(2**20):
        pass


def settled(made: list[int]) -> Iterator[int]:
    """How many chunks there are once no more come."""
    before = -1
    while len(made) != before:
        before = len(made)
        time.sleep(0.3)
    yield before


def test_a_reader_that_goes_away_frees_everything_at_once(
    tmp_path: Path, chunks_made: list[int], streams_closed: list[int]
) -> None:
    with serving(tmp_path) as port:
        with closing(silent_reader(port)) as reader:
            assert reader.recv(1000).startswith(b"HTTP/1.1 200")
        eventually(lambda: streams_closed, patience=1)
        assert next(settled(chunks_made)) < 100


def test_a_reader_that_stops_reading_holds_back_the_work_and_is_dropped(
    tmp_path: Path, chunks_made: list[int], streams_closed: list[int]
) -> None:
    with serving(tmp_path, write_deadline=1.5) as port, closing(silent_reader(port)) as reader:
        made = next(settled(chunks_made))
        assert 0 < made < 100
        assert streams_closed == []
        eventually(lambda: streams_closed)
        assert len(chunks_made) == made
        reader.settimeout(60)
        with pytest.raises(ConnectionResetError):
            read_all(reader)
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200


def test_work_of_a_client_that_left_before_its_turn_is_never_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    released = threading.Event()
    compute = Scenes.feature_map

    def slowly(scenes: Scenes, scene: core.Scene, layer: int, answering: tuple[float, int]) -> Array:
        begun.append(scene.line)
        released.wait(10)
        return compute(scenes, scene, layer, answering)

    monkeypatch.setattr(Scenes, "feature_map", slowly)
    with serving(tmp_path, threads=1) as port:
        with closing(asking_for_map(port, "relu")):
            eventually(lambda: begun == ["letter | relu"])
            with closing(asking_for_map(port, "sigmoid")):
                time.sleep(0.3)
        time.sleep(0.3)
        released.set()
        assert httpx.get(f"http://127.0.0.1:{port}/api/feature-map?scene=letter|tanh").status_code == 200
    assert begun == ["letter | relu", "letter | tanh"]


def asking_for_map(port: int, operation: str) -> socket.socket:
    asker = socket.create_connection(("127.0.0.1", port))
    asker.sendall(f"GET /api/feature-map?scene=letter|{operation} HTTP/1.1\r\nHost: test\r\n\r\n".encode())
    return asker
