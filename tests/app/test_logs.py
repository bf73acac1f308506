"""Lines of the log: one a record, each with the id of its request, whatever is told in it."""

from __future__ import annotations

import json
import logging
import logging.config
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.watched import REQUEST_ID
from app.logs import AsJson, Form, WithId, configuration


def record(message: str, *args: object, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("kernelwalk.requests", logging.INFO, "file.py", 1, message, args, None)
    for name, value in more.items():
        setattr(made, name, value)
    WithId().filter(made)
    return made


def told(made: logging.LogRecord) -> dict[str, Any]:
    line = AsJson().format(made)
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    return found


def test_a_line_tells_when_how_grave_by_whom_and_what() -> None:
    made = record("%s took %d ms", "/api/scene", 12)
    found = told(made)
    moment = datetime.fromisoformat(found.pop("time"))
    assert abs(moment.timestamp() - made.created) < 0.002
    assert moment.utcoffset() is not None
    assert found == {
        "level": "info",
        "logger": "kernelwalk.requests",
        "request_id": "-",
        "message": "/api/scene took 12 ms",
    }


def test_a_line_carries_the_id_of_the_request_that_it_is_written_for() -> None:
    token = REQUEST_ID.set("abcdef12")
    try:
        assert told(record("here"))["request_id"] == "abcdef12"
    finally:
        REQUEST_ID.reset(token)
    assert told(record("elsewhere"))["request_id"] == "-"


def test_what_a_record_tells_beside_its_message_stands_in_the_line() -> None:
    found = told(record("answered", told={"status": 200, "path": "/api/scene", "seconds": 0.5}))
    assert (found["status"], found["path"], found["seconds"]) == (200, "/api/scene", 0.5)


def test_an_exception_is_one_line_too() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        made = record("failed", exc_info=(type(error), error, error.__traceback__))
    assert "ValueError: two\nlines" in told(made)["exception"]


@given(st.text(st.characters(), max_size=12), st.dictionaries(st.text(max_size=4), st.integers(), max_size=3))
def test_no_line_is_lost_for_what_is_told_in_it(message: str, numbers: dict[str, int]) -> None:
    found = told(record("%s", message, told={"numbers": numbers}))
    assert found["message"] == message
    assert found["numbers"] == numbers


@pytest.mark.parametrize("value", [object(), {1: "a number for a name"}, {("a", "b")}, b"bytes", 2**70, "\ud800"])
def test_what_json_does_not_know_is_told_somehow(value: object) -> None:
    assert told(record("odd", told={"value": value}))["message"] == "odd"


@pytest.fixture
def quiet() -> Iterator[None]:
    """The loggers of the tests' own process, as they were."""
    names = ("", "kernelwalk", "uvicorn")
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger.level, logger.handlers[:]) for logger in loggers]
    yield
    for logger, (level, handlers) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.mark.parametrize("form", ["text", "json"])
def test_both_forms_are_set_up_as_told(form: Form, quiet: None, capsys: pytest.CaptureFixture[str]) -> None:
    logging.config.dictConfig(configuration(form, "info"))
    logging.getLogger("kernelwalk.requests").info("seen")
    logging.getLogger("kernelwalk.requests").debug("not seen")
    logging.getLogger("somebody.else").info("not seen either")
    logging.getLogger("somebody.else").warning("grave")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    if form == "json":
        assert [json.loads(line)["message"] for line in lines] == ["seen", "grave"]
    else:
        assert " INFO    - kernelwalk.requests: seen" in lines[0]
