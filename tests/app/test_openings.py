"""Openings that many ask for are made once, and each way of asking has its own."""

from __future__ import annotations

import brotli
import orjson

from app.evaluation import Scenes
from app.http.responses import QUICK, TIGHT, compressed
from app.messages import Messages
from app.wire.opening import opening, opening_text

LINE = "[1 2 3 4 5; 5 6 7 8 9; 9 1 2 3 4; 4 5 6 7 8; 1 2 3 4 5] | max_pool2d 2 | relu"  # with a warning
LANGUAGES = Messages().languages


def test_who_opens_what_was_opened_is_given_the_same_bytes(scenes: Scenes) -> None:
    scene = scenes.read(LINE)
    text = opening_text(scenes, scene, 0, 0, LANGUAGES["en"])
    assert opening_text(scenes, scenes.read(f"{LINE} "), -2, 0, LANGUAGES["en"]) is text
    made = orjson.loads(text)
    code = made.pop("code")
    assert "numpy" in code
    assert made == orjson.loads(orjson.dumps(opening(scenes, scene, 0, 0, LANGUAGES["en"])))


def test_layers_steps_languages_and_pages_have_openings_of_their_own(scenes: Scenes) -> None:
    scene = scenes.read(LINE)
    asked = [(0, 0, "en", False), (1, 0, "en", False), (0, -1, "en", False), (0, 0, "ko", False), (0, 0, "en", True)]
    texts = {opening_text(scenes, scene, layer, step, LANGUAGES[code], page) for layer, step, code, page in asked}
    assert len(texts) == len(asked)


def test_a_page_that_many_open_is_compressed_once() -> None:
    page = b"<p>a page</p>" * 200
    packed = compressed(page, "br", TIGHT)
    assert compressed(bytes(bytearray(page)), "br", TIGHT) is packed
    assert compressed(page, "br", QUICK) is not packed
    assert brotli.decompress(packed) == page
