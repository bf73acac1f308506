"""The fuzzer itself: it feeds every reader, and a surprise does not pass unseen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from fuzz import __main__ as fuzzing
from fuzz.readers import READERS, Reader
from fuzz.requests import SERVER, make_request, send

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")
INPUTS = 60


@pytest.fixture(scope="module", autouse=True)
def server_of_the_fuzzer() -> Iterator[None]:
    yield
    SERVER.stop()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_reader_takes_random_input_or_refuses_it(reader: Reader) -> None:
    random = Random(f"{reader.name} 1")
    complaints = [fuzzing.surprise(reader, reader.make(random)) for _ in range(INPUTS)]
    assert [complaint for complaint in complaints if complaint] == []


def test_random_requests_are_answered_as_well_as_refused() -> None:
    random = Random(7)
    assert {200, 404, 405, 422} <= {send(make_request(random)) for _ in range(150)}


def fails(_: object) -> None:
    raise IndexError("past the end")


def dawdles(_: object) -> None:
    began = time.process_time()
    while time.process_time() - began < 0.02:
        pass


@pytest.mark.parametrize(("read", "told"), [(fails, "past the end"), (dawdles, "seconds of CPU")])
def test_a_reader_that_fails_or_dawdles_is_a_surprise_that_is_kept(
    read: Callable[[object], None], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzzing, "FINDS", tmp_path)
    reader = Reader("weak", lambda random: random.randbytes(3), read, 0.001)
    assert fuzzing.fuzz([reader], 0.5, seed=1) == 1
    kept, told_of = sorted(tmp_path.iterdir())
    assert kept.read_bytes() == Random("1 weak").randbytes(3)
    assert told in told_of.read_text()


def test_an_unknown_reader_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzzing.main(["1", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().out
