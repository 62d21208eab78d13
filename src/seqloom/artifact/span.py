"""One member as it lies on the disk."""

import zlib
from dataclasses import dataclass
from typing import BinaryIO

from seqloom.artifact.refusal import refusal


@dataclass(frozen=True)
class Span:
    """Bytes of an open file that hold one member, not read yet.

    Args:
        file: the open file.
        start: place of the first byte.
        size: number of bytes.
        checksum: CRC-32 of the bytes, where the container keeps one.
    """

    file: BinaryIO
    start: int
    size: int
    checksum: int | None = None

    def read(self, where: str) -> bytes:
        """The bytes; one allocation of `size`.

        Raises:
            ArtifactError: the file ends early, or the checksum is another.
        """
        self.file.seek(self.start)
        raw = self.file.read(self.size)
        if len(raw) != self.size:
            raise refusal(where, expected=f"{self.size} bytes", came=f"the end of the file after {len(raw)}")
        if self.checksum is not None and zlib.crc32(raw) != self.checksum:
            raise refusal(where, expected=f"the checksum {self.checksum:08x}", came=f"{zlib.crc32(raw):08x}")
        return raw
