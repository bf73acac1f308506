"""Chunks of streams that several readers are sent are packed by gzip once."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncGenerator

import pytest

from app.cache import Cache
from app.wire import sending


def test_a_chunk_that_many_are_sent_is_packed_once_and_each_stream_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    packs: list[bytes] = []
    pack = sending.packed

    def counted(chunk: bytes) -> bytes:
        packs.append(chunk)
        return pack(chunk)

    async def zipped(*chunks: bytes) -> bytes:
        async def given() -> AsyncGenerator[bytes, None]:
            for chunk in chunks:
                yield chunk

        return b"".join([piece async for piece in sending.zipped(given())])

    monkeypatch.setattr(sending, "packed", counted)
    monkeypatch.setattr(sending, "ZIPPED", Cache(2**20))
    first, second, third = (bytes([letter]) * 5000 for letter in b"abc")
    for chunks in ((first, second), (first, third), (third, second), (first,), ()):
        assert gzip.decompress(asyncio.run(zipped(*chunks))) == b"".join(chunks)
    assert packs == [first, second, third]
