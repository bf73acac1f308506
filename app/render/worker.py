"""The child process that draws figures: what is wanted in, a file or a refusal out, over two pipes.

    python -m app.render.worker SETTINGS MEMORY

It yields to the server, whose streams should not feel it, and ends when the server does.
"""

from __future__ import annotations

import os
import sys

import orjson

from app.budget import watched
from app.children import LENGTH
from app.errors import Refusal
from app.evaluation import Scenes
from app.messages import Messages
from app.pictures.decoder import bound_memory, message
from app.pictures.stores import store_of
from app.render.files import Wanted, file_of
from app.settings import Settings
from core.errors import SceneError

NICENESS = 10


def main(settings: str, memory: str) -> None:
    words_in, words_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the answers
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    chosen = Settings.model_validate_json(settings)
    scenes, messages = Scenes(chosen, store_of(chosen)), Messages(chosen.locale, chosen.prepared)
    bound_memory(int(memory))
    while (asked := message(words_in)) is not None:
        for part in answer(asked, scenes, messages):
            words_out.write(len(part).to_bytes(LENGTH))
            words_out.write(part)
        words_out.flush()


def answer(asked: bytes, scenes: Scenes, messages: Messages) -> tuple[bytes, bytes]:
    wanted = Wanted(**orjson.loads(asked))
    try:
        return b"{}", watched(file_of, wanted, scenes, messages)()
    except SceneError as error:
        return orjson.dumps({"field": error.field, "rule": error.rule, "facts": error.facts}, default=str), b""
    except Refusal as error:
        told = {"field": error.field, "rule": error.rule, "facts": error.facts, "status": error.status}
        told["retry_after"] = error.retry_after
        return orjson.dumps(told, default=str), b""


if __name__ == "__main__":
    main(*sys.argv[1:])
