"""A server of Kernelwalk as Python sees it: scenes, steps, maps, uploads and files over HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias, cast

import httpx
import numpy as np

from app.pictures.png import encode_png
from core.errors import SceneError
from core.vocabulary import Detail
from kernelwalk.arrays import Array, array_of
from kernelwalk.refusals import Refused
from kernelwalk.steps import Step
from kernelwalk.written import nested, spelt

Scene: TypeAlias = str | Mapping[str, Any]

BUSY, UNAVAILABLE = 429, 503
FIRST_ERROR = 400
SECONDS = 30.0  # without a byte
PATIENCE = 60.0  # seconds that a busy server may ask to wait, in all
CUTS, PAUSE = 5, 0.2  # how often in a row a stream may be cut without a new step, and how long the first pause is
ROWS = "rows"


class Cut(Exception):
    """Of a stream that ended before its last line."""


class Client:
    """Asks a server; what it refuses is raised as `Refused`, with its status and its own sentence.

        with Client("http://127.0.0.1:8000") as client:
            for step in client.steps("cat 64 | sobel-x", stop=10): ...

    Refuses  an address without http (SceneError); ConnectionError where no server answers
    """

    def __init__(self, url: str, lang: str = "en", timeout: float = SECONDS, patience: float = PATIENCE) -> None:
        if not url.startswith(("http://", "https://")):
            raise SceneError("url", url, "must begin with http:// or https://")
        self.url, self.patience = url.rstrip("/"), patience
        self.http = httpx.Client(timeout=timeout, headers={"Accept-Language": lang})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Leaves the server."""
        self.http.close()

    def scene(self, line: Scene) -> dict[str, Any]:
        """A scene in both spellings, with what its layers say of themselves."""
        return cast(dict[str, Any], self.answer("POST", "/api/scene", json={"scene": line}).json())

    def feature_map(self, line: str, layer: int = -1) -> Array:
        """The whole output (C, H, W) of a layer; of the last when not said."""
        return self.array("/api/feature-map", line, layer)

    def input(self, line: str, layer: int = 0) -> Array:
        """What a layer is given, (C, H, W)."""
        return self.array("/api/input", line, layer)

    def array(self, path: str, line: str, layer: int) -> Array:
        told = self.answer("GET", path, params={"scene": line, "layer": layer, "format": "npy"})
        return cast(Array, np.load(BytesIO(told.content), allow_pickle=False))

    def render(self, line: str, format: str, **words: object) -> bytes:  # noqa: A002
        """A figure as a file; its words are those of `/render.*`."""
        return self.answer("GET", f"/render.{format}", params=cast(Any, {"scene": line, **spelt(words)})).content

    def upload(self, picture: object, order: str | None = None) -> str:
        """What to write for it in a line: `image:ID` of a picture's file, its bytes, Pillow's or NumPy's pixels.

        Pixels of 0 to 255 in one channel or three become a picture, exactly; say `rgb` behind its name to have its
        colours. Other numbers become a matrix, which holds at most 65,536 of them.
        """
        content = content_of(picture, order)
        if isinstance(content, str):
            return content
        told = self.answer("POST", "/api/images", content=content)
        return f"image:{told.json()['id']}"

    def steps(
        self,
        line: Scene,
        layer: int | None = None,
        start: int = 0,
        stop: int | None = None,
        detail: Detail | str = "full",
        every: int = 1,
    ) -> Iterator[Step]:
        """The steps of a layer as they come; a stream that is cut goes on where it stopped.

        With detail="rows" they are rows of outputs.
        """
        asked = {"scene": line, "layer": layer, "start": start, "stop": stop, "detail": detail, "every": every}
        words = {name: word for name, word in asked.items() if word is not None}
        last, seen, cuts = start, 0, 0  # the last index that was told, and how many lines of it
        while True:
            try:
                for step in self.told_after(words | {"start": last}, last, seen):
                    seen = seen + 1 if step["index"] == last else 1
                    last, cuts = step["index"], 0
                    yield step
                return
            except (httpx.TransportError, Cut) as error:
                cuts += 1
                if cuts > CUTS:
                    raise self.lost(f"the stream of steps was cut {cuts} times after step {last}") from error
                time.sleep(PAUSE * 2 ** (cuts - 1))

    def told_after(self, words: Mapping[str, Any], last: int, seen: int) -> Iterator[Step]:
        """The steps of a stream that begins with the last one that is known already."""
        for told in self.lines(words):
            if told["index"] == last and seen:
                seen -= 1
            else:
                yield told

    def lines(self, words: Mapping[str, Any]) -> Iterator[Step]:
        """Steps or rows of one stream, whole."""
        with self.opened("POST", "/api/steps", json=words) as stream:
            for line in stream.iter_lines():
                told = told_in(line)
                if told["type"] == "error":
                    raise Refused(stream.status_code, told)
                if told["type"] == "end" and "reason" in told:
                    raise Cut  # the server stops, and another one may go on
                if told["type"] == "end":
                    return
                if told["type"] != "start":
                    yield cast(Step, told)
        raise Cut

    def answer(self, method: str, path: str, **words: Any) -> httpx.Response:
        """A whole answer, or the refusal."""
        try:
            with self.opened(method, path, **words) as found:
                found.read()
                return found
        except httpx.TransportError as error:
            raise self.lost(f"{self.url} does not answer: {error}") from error

    def opened(self, method: str, path: str, **words: Any) -> Opened:
        return Opened(self, self.http.build_request(method, f"{self.url}{path}", **words))

    def lost(self, sentence: str) -> ConnectionError:
        return ConnectionError(sentence)


class Opened:
    """An answer whose body has still to come; a busy server is asked again when it says so."""

    def __init__(self, client: Client, request: httpx.Request) -> None:
        self.client, self.request = client, request
        self.found: httpx.Response | None = None

    def __enter__(self) -> httpx.Response:
        left = self.client.patience
        while True:
            found = self.client.http.send(self.request, stream=True)
            wait = wait_of(found)
            if wait is None or wait > left:
                break
            found.close()
            left -= wait
            time.sleep(wait)
        self.found = found
        if found.status_code >= FIRST_ERROR:
            self.refuse(found)
        return found

    def __exit__(self, *_: object) -> None:
        if self.found is not None:
            self.found.close()

    def refuse(self, found: httpx.Response) -> None:
        try:
            told = json.loads(found.read())
        except ValueError:  # not from us: a proxy says something of its own
            told = {}
        found.close()
        raise Refused(found.status_code, told if isinstance(told, dict) else {})


def wait_of(found: httpx.Response) -> float | None:
    """Seconds after which a busy server wants to be asked again; None of one that is not busy, or does not say."""
    said = found.headers.get("retry-after", "")
    if found.status_code not in (BUSY, UNAVAILABLE) or not said:
        return None
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return None


def told_in(line: str) -> dict[str, Any]:
    """A line of the stream; one that is no JSON was cut in its middle."""
    try:
        told = json.loads(line)
    except ValueError:
        raise Cut from None
    return cast(dict[str, Any], told)


def content_of(picture: object, order: str | None) -> bytes | str:
    """The file of a picture, or a matrix as a line writes it."""
    if isinstance(picture, bytes | bytearray):
        return bytes(picture)
    if isinstance(picture, str | Path):
        return Path(picture).read_bytes()
    array = array_of(picture, order)
    if array.dtype == np.uint8 and len(array) in (1, 3):
        return encode_png(array)
    return nested(array)
