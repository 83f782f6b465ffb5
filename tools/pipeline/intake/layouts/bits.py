"""Numbers of any length in bits, as video codecs write them."""

from tools.pipeline.intake.errors import TruncatedError


class Bits:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> int:
        """The next so many bits as one number. Raises TruncatedError behind the end."""
        value = 0
        for _ in range(count):
            byte, bit = divmod(self._at, 8)
            if byte >= len(self._data):
                raise TruncatedError
            value = value << 1 | self._data[byte] >> (7 - bit) & 1
            self._at += 1
        return value

    def golomb(self) -> int:
        """Exp-Golomb's unsigned numbers (H.265, 9.2)."""
        zeros = 0
        while self.take(1) == 0:
            zeros += 1
            if zeros > 32:
                raise TruncatedError
        return (1 << zeros) - 1 + self.take(zeros)
