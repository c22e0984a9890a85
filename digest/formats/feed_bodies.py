"""Clean HTML as feeds carry it: without what only the pages of a site have a use for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats.patterns import lazily

# Mathematics is the same in a page and its feeds: whole, it is one tag here, and stays as it is.
_TAG: Final = lazily(r"<math[\s>].*?</math>|<(?P<close>/?)(?P<name>[a-z][a-z0-9-]*)(?P<attributes>[^<>]*)>", re.DOTALL)
_ATTRIBUTE: Final = lazily(r'\s+(?P<name>[^\s="/>]+)(?:="[^"]*")?')
_DRESS: Final = r"class|style|id|tabindex|role|aria-[a-z]+|data-[a-z-]+"
_DROPPED: Final = lazily(_DRESS)
_DRESSED: Final = lazily(rf"<span|\s(?:{_DRESS})[\s=>]")


def undress(html: str) -> str:
    """Without attributes that only a style sheet or a script reads, and without spans that thereby say nothing."""
    return "".join(_undress(html)) if _DRESSED.search(html) else html


def _undress(html: str) -> Iterator[str]:
    spans: list[bool] = []
    end = 0
    for tag in _TAG.finditer(html):
        yield html[end : tag.start()]
        end = tag.end()
        if not tag["name"]:
            yield tag[0]
            continue
        is_span = tag["name"] == "span"
        if tag["close"]:
            if not is_span or (spans and spans.pop()):
                yield tag[0]
            continue
        if not tag["attributes"] and not is_span:
            yield tag[0]
            continue
        kept = [found[0] for found in _ATTRIBUTE.finditer(tag["attributes"]) if not _DROPPED.fullmatch(found["name"])]
        if is_span:
            spans.append(bool(kept))
        if kept or not is_span:
            yield f"<{tag['name']}{''.join(kept)}>"
    yield html[end:]
