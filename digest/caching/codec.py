"""Values of the model as bytes (MessagePack), and back: validated, so that nothing but a value comes out."""

from __future__ import annotations

from functools import cache, cached_property
from itertools import starmap
from typing import Any, Generic, TypeVar

import msgspec

from digest.caching.damage import DamagedCache
from digest.model import Heading, LocalLink, Prose

Value = TypeVar("Value")


class Codec(Generic[Value]):
    """Values of one type as bytes, and back."""

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - a type, or what stands for one
        self._kind = kind
        self._encoder = msgspec.msgpack.Encoder()

    @cached_property
    def _decoder(self) -> msgspec.msgpack.Decoder[Value]:  # takes a while to make: those who work off chunks need none
        return msgspec.msgpack.Decoder(self._kind)

    def encode(self, value: Value) -> bytes:
        """The value as bytes."""
        return self._encoder.encode(value)

    def decode(self, data: bytes | memoryview) -> Value:
        """The value.

        Raises:
            DamagedCache: the bytes are not those of one.
        """
        try:
            return self._decoder.decode(data)
        except (msgspec.MsgspecError, MemoryError, RecursionError) as error:
            raise DamagedCache(f"not what was written: {error}") from error


# As an array: of a map, the names of the fields would be written and looked up for each.
_PackedProse = tuple[
    str, str, str, tuple[tuple[int, str, str], ...], tuple[tuple[str, int, int], ...], int, str, str, str
]


@cache
def _prose() -> Codec[_PackedProse]:
    return Codec(_PackedProse)


def encode_prose(prose: Prose) -> bytes:
    """A compiled body as it is packed: without its problems, which are told before anybody loads it."""
    toc = tuple([(heading.level, heading.text, heading.anchor) for heading in prose.toc])
    links = tuple([(link.target, link.line, link.column) for link in prose.links])
    return _prose().encode(
        (
            prose.html, prose.excerpt, prose.text, toc, links, prose.words, prose.title, prose.title_text,
            prose.markdown,
        )
    )  # fmt: skip


def decode_prose(data: bytes) -> Prose:
    """The compiled body.

    Raises:
        DamagedCache: it is none.
    """
    html, excerpt, text, toc, links, words, title, title_text, markdown = _prose().decode(data)
    return Prose(
        html,
        excerpt,
        text,
        tuple(starmap(Heading, toc)) if toc else (),
        tuple(starmap(LocalLink, links)) if links else (),
        words,
        title,
        title_text,
        markdown=markdown,
    )
