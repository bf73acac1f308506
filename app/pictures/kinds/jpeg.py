"""The header of a JPEG: segments walked as libjpeg walks them, scans counted, cargo left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.pictures.errors import UNREADABLE, PictureError, cut_off, damaged, unsupported
from app.pictures.kinds.header import LONGEST_PROFILE, Header, Reader, upright_turn
from app.settings import Settings

MOST_SEGMENTS = 4096
LONGEST_QUANTIZATION = 2 + 4 * 129

MARKER = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd7]")  # neither a stuffed byte nor filling, TEM or RST0..7
START_OF_SCAN, END_OF_IMAGE, QUANTIZATION = 0xDA, 0xD9, 0xDB
FRAMES = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}  # baseline, extended, progressive; the last two with arithmetic coding
FRAMES_UNREAD = {0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF}  # lossless, hierarchical
TABLES = {0xC4, 0xCC, QUANTIZATION, 0xDD}


def jpeg_header(data: bytes, settings: Settings) -> Header:
    kept, exif, profile = [b"\xff\xd8"], b"", {}
    width = height = scans = scan_start = 0
    for marker, start, stop in segments(data):
        content = data[start + 4 : stop] if not scans else b""
        if marker == START_OF_SCAN:
            scans += 1
            scan_start = scan_start or start
            if scans > settings.max_scans:
                raise too_many_scans(settings.max_scans)
        elif marker in FRAMES_UNREAD:
            raise unsupported("JPEG", "lossless or hierarchical coding")
        elif marker in FRAMES:
            if width or scans:
                raise damaged("JPEG")
            frame = Reader(data, start + 5, big=True)
            height, width = frame.number(2), frame.number(2)
            kept.append(data[start:stop])
        elif scans:
            continue
        elif marker in TABLES:
            if marker == QUANTIZATION and stop - start > LONGEST_QUANTIZATION + 2:
                raise damaged("JPEG")
            kept.append(data[start:stop])
        elif tells_colours(marker, content):
            kept.append(data[start:stop])
        elif marker == 0xE1 and content.startswith(b"Exif\0\0"):
            exif = exif or content
        elif marker == 0xE2 and content.startswith(b"ICC_PROFILE\0") and len(content) > 14:
            profile[content[12]] = content[14:]
    if not scans:
        raise cut_off(len(data))
    return Header(
        kind="JPEG",
        width=width,
        height=height,
        source=b"".join(kept) + data[scan_start:],
        orientation=upright_turn(exif),
        profile=joined(profile),
    )


def segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and stop of each segment; inside a scan's data only markers count, as in libjpeg."""
    position = 2
    for _ in range(MOST_SEGMENTS):
        found = MARKER.search(data, position)
        if not found or data[found.start() + 1] == END_OF_IMAGE:
            return
        start = found.start()
        stop = start + 2 + max(Reader(data, start + 2, big=True).number(2), 2)
        yield data[start + 1], start, stop
        position = stop
    raise damaged("JPEG")


def tells_colours(marker: int, content: bytes) -> bool:
    """JFIF and Adobe segments decide whether three channels are RGB or YCbCr, four CMYK or YCCK."""
    return (marker == 0xE0 and content.startswith(b"JFIF\0")) or (marker == 0xEE and content.startswith(b"Adobe"))


def joined(profile: dict[int, bytes]) -> bytes | None:
    """A colour profile put together from its numbered pieces."""
    whole_profile = b"".join(profile[number] for number in sorted(profile))
    return whole_profile if 0 < len(whole_profile) <= LONGEST_PROFILE else None


def too_many_scans(limit: int) -> PictureError:
    return PictureError(
        UNREADABLE,
        "the JPEG file is coded in more than {limit} scans, which would take very long to decode: "
        "save it again as an ordinary JPEG",
        limit=limit,
    )
