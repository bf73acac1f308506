"""What the server writes down: lines for people, or one JSON object a line; each with the id of its request."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any, Literal

import orjson

from app.http.watched import REQUEST_ID

Form = Literal["text", "json"]
LINE = "%(asctime)s %(levelname)-7s %(request_id)s %(name)s: %(message)s"


class WithId(logging.Filter):
    """Puts the id of the request into each record that is written while it is answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = REQUEST_ID.get() or "-"
        return True


class AsJson(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        written: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            written["exception"] = self.formatException(record.exc_info)
        try:
            return orjson.dumps(written, default=str).decode()
        except TypeError:  # half a letter of a file's name, a number of many digits: no line is lost for it
            return json.dumps(written, default=str)


def configuration(form: Form, level: str) -> dict[str, Any]:
    """For logging.config: everything to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"id": {"()": f"{__name__}.WithId"}},
        "formatters": {"text": {"format": LINE}, "json": {"()": f"{__name__}.AsJson"}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": form, "filters": ["id"]}},
        "root": {"handlers": ["out"], "level": "WARNING"},
        "loggers": {name: {"level": level.upper()} for name in ("kernelwalk", "uvicorn")},
    }
