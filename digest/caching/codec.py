"""Values of the model as bytes (MessagePack), and back: validated, so that nothing but a value comes out."""

from __future__ import annotations

from functools import cache
from typing import Any, Generic, TypeVar

import msgspec

from digest.caching.damage import DamagedCache
from digest.model import Prose

Value = TypeVar("Value")


class Codec(Generic[Value]):
    """Values of one type as bytes, and back."""

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - a type, or what stands for one
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)

    def encode(self, value: Value) -> bytes:
        """The value as bytes."""
        return self._encoder.encode(value)

    def decode(self, data: bytes | memoryview) -> Value:
        """The value.

        Raises:
            DamagedCache: the bytes are not those of one.
        """
        try:
            value: Value = self._decoder.decode(data)
        except (msgspec.MsgspecError, MemoryError, RecursionError) as error:
            raise DamagedCache(f"not what was written: {error}") from error
        return value


@cache
def _prose() -> Codec[Prose]:
    return Codec(Prose)


def encode_prose(prose: Prose) -> bytes:
    """A compiled body as it is packed."""
    return _prose().encode(prose)


def decode_prose(data: bytes) -> Prose:
    """The compiled body.

    Raises:
        DamagedCache: it is none.
    """
    return _prose().decode(data)
