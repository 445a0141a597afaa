"""Writes rowLosses.bin: the losses of two samples after one epoch, as src/track/rowLossFile.ts lays them out.

The checksum is computed bit by bit after RFC 3720, appendix B.4, and checked with the RFC's own vector.

Run: python3 tests/oracles/track/rowLosses.py
"""

import math
import struct
from pathlib import Path


def crc32c(data: bytes) -> bytes:
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return struct.pack("<I", crc ^ 0xFFFFFFFF)


# RFC 3720, B.4: 32 bytes of zeros.
assert crc32c(bytes(32)) == bytes.fromhex("aa36918a")


def level(loss: float) -> int:
    return min(254, round(16 * (math.log2(max(loss, 2**-10)) + 10)))


header = b"TLRL" + struct.pack("<III", 2, 2, 1)
header += crc32c(header)
head = header + bytes([7, 255])
head += crc32c(head)
record = struct.pack("<I", 6) + bytes([level(1), level(2), 5, 255])
record += crc32c(record)
Path(__file__).with_suffix(".bin").write_bytes(head + record)
