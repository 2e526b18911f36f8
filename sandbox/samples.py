"""Small real files for people who send a sample: a picture and a (silent) voice message."""

import struct
import zlib
from functools import cache
from itertools import pairwise

OGG_CRC_POLYNOMIAL = 0x04C11DB7
SILENT_FRAME = b"\xf8\xff\xfe"  # 20 ms of Opus silence (RFC 6716)
FRAME_SAMPLES = 960  # 20 ms at 48 kHz


@cache
def picture(width: int = 640, height: int = 480) -> bytes:
    """A PNG: a soft gradient."""
    rows = b"".join(
        b"\0" + b"".join(
            bytes((90 + 120 * x // width, 150 + 60 * y // height, 200 - 80 * x // width))
            for x in range(width)
        )
        for y in range(height)
    )  # fmt: skip
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(kind, data) for kind, data in chunks)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def voice(seconds: int = 3) -> bytes:
    """An Ogg Opus file of that many seconds (RFC 7845), all silence."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    vendor = b"sandbox"
    tags = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", 0)
    pages = [_ogg_page([head], 0, 0, 2), _ogg_page([tags], 1, 0, 0)]
    frames = [SILENT_FRAME] * (seconds * 50)
    starts = [*range(0, len(frames), 50), len(frames)]
    for number, (start, end) in enumerate(pairwise(starts), 2):
        flags = 4 if end == len(frames) else 0
        pages.append(_ogg_page(frames[start:end], number, end * FRAME_SAMPLES, flags))
    return b"".join(pages)


def _ogg_page(packets: list[bytes], number: int, granule: int, flags: int) -> bytes:
    sizes = bytes(len(packet) for packet in packets)
    header = struct.pack("<4sBBqIII", b"OggS", 0, flags, granule, 1, number, 0)
    page = header + bytes([len(sizes)]) + sizes + b"".join(packets)
    return page[:22] + struct.pack("<I", _ogg_crc(page)) + page[26:]


def _ogg_crc(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1) ^ (OGG_CRC_POLYNOMIAL if crc & 0x80000000 else 0)
        crc &= 0xFFFFFFFF
    return crc


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF, JPEG or WebP; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return 512, 512
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None
