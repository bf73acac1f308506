"""Sends a body that is made while it is read, no faster than it is read."""

from __future__ import annotations

import asyncio
import logging
import struct
import threading
import zlib
from collections.abc import AsyncGenerator

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from app.budget import LEFT
from app.cache import Cache
from app.http.requests import left
from app.http.wire import wire_of
from app.wire.pacing import Reader

PIECE = 256 * 1024  # bytes that are written before the reader is waited for
GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # deflated, of no time and no system
DEFLATE_END = b"\x03\0"  # an empty last block
ZIPPED = Cache(2**23)

log = logging.getLogger("kernelwalk.stream")


class StepStream(Response):
    """Sends chunks one by one; frees everything when the reader leaves, and leaves when the reader stays silent."""

    def __init__(
        self,
        chunks: AsyncGenerator[bytes, None],
        media_type: str,
        headers: dict[str, str],
        write_deadline: float,
        compressed: bool,
        length: int | None = None,
        reader: Reader | None = None,
    ) -> None:
        self.chunks = zipped(chunks) if compressed else chunks
        self.write_deadline = write_deadline
        self.reader = reader or Reader()
        if compressed:
            headers = headers | {"Content-Encoding": "gzip"}
        super().__init__(None, 200, headers, media_type)
        if length is None:
            del self.headers["content-length"]
            self.headers["X-Accel-Buffering"] = "no"  # what a proxy does not hold back it does not keep either
        else:
            self.headers["content-length"] = str(length)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone, abandoned = asyncio.ensure_future(left(receive)), threading.Event()
        gone.add_done_callback(lambda _: abandoned.set())
        LEFT.set(abandoned)
        self.reader.wire = wire = wire_of(scope)
        if wire is not None:
            wire.pace()
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            if scope["method"] != "HEAD":
                async for chunk in self.chunks:
                    if gone.done():
                        return
                    await self.write(send, chunk)
            await self.bounded(send, {"type": "http.response.body", "body": b"", "more_body": False})
        except (TimeoutError, asyncio.CancelledError):  # nobody reads, or the server stops
            self.drop()
            await asyncio.wait([gone], timeout=1)
        finally:
            gone.cancel()
            await self.chunks.aclose()

    async def write(self, send: Send, chunk: bytes) -> None:
        """Returns when the chunk has been taken, but for as much as keeps the connection busy."""
        loop, began = asyncio.get_running_loop(), 0.0
        self.reader.waited = 0.0
        for start in range(0, len(chunk), PIECE):
            piece = chunk[start : start + PIECE] if len(chunk) > PIECE else chunk
            began = loop.time()
            await self.bounded(send, {"type": "http.response.body", "body": piece, "more_body": True})
            self.reader.waited = max(self.reader.waited, loop.time() - began)

    async def bounded(self, send: Send, message: Message) -> None:
        async with asyncio.timeout(self.write_deadline):
            await send(message)
            if self.reader.wire is not None:
                await self.reader.wire.drained()

    def drop(self) -> None:
        """Closes a connection that nobody reads, with all that was written to it."""
        log.info("dropped a reader that stopped reading")
        if self.reader.wire is None:
            raise ConnectionAbortedError("the reader stopped reading")
        self.reader.wire.drop()


async def zipped(chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """Quick compression, flushed with each chunk; a chunk that many are sent is packed once."""
    begun, checksum, length = GZIP_HEAD, 0, 0
    try:
        async for chunk in chunks:
            piece: bytes | None = ZIPPED.get(("zipped", chunk))
            if piece is None:
                piece = await asyncio.to_thread(packed, chunk)
                ZIPPED.put(("zipped", chunk), piece, len(chunk) + len(piece))
            yield begun + piece
            begun, checksum, length = b"", zlib.crc32(chunk, checksum), length + len(chunk)
        yield begun + DEFLATE_END + struct.pack("<II", checksum, length % 2**32)
    finally:
        await chunks.aclose()


def packed(chunk: bytes) -> bytes:
    """A piece of a stream of deflate that needs nothing that came before it."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(chunk) + packer.flush(zlib.Z_SYNC_FLUSH)
