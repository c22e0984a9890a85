"""Clean HTML as feeds carry it: without what only the pages of a site have a use for."""

from __future__ import annotations

import re
from typing import Final

from digest.formats.patterns import lazily

# What may have to change. Mathematics is the same in a page and its feeds: whole, it is one tag here.
_TAG: Final = lazily(r"<math[\s>].*?</math>|</?span>|<(?P<name>[a-z][a-z0-9-]*)(?P<attributes>[\s/][^<>]*)>", re.DOTALL)
_ATTRIBUTE: Final = lazily(r'\s+(?P<name>[^\s="/>]+)(?:="[^"]*")?')
_DROPPED: Final = lazily(r"class|style|id|tabindex|role|aria-[a-z]+|data-[a-z-]+")


def undress(html: str) -> str:
    """Without attributes that only a style sheet or a script reads, and without spans that thereby say nothing."""
    spans: list[bool] = []  # those around this place, each with whether it says something

    def change(tag: re.Match[str]) -> str:
        text = tag[0]
        if text == "</span>":
            return text if spans and spans.pop() else ""
        name = "span" if text == "<span>" else tag["name"]
        if not name:
            return text
        attributes = _ATTRIBUTE.finditer(tag["attributes"] or "")
        kept = "".join([found[0] for found in attributes if not _DROPPED.fullmatch(found["name"])])
        if name == "span":
            spans.append(bool(kept))
        return f"<{name}{kept}>" if kept or name != "span" else ""

    return _TAG.sub(change, html)
