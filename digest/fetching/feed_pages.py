"""The little that paging must know of a feed or an XML answer, without reading it: is it whole, how many, an error?"""

from __future__ import annotations

import html
import re
from typing import Final

from digest.fetching.steps import clip

_RECORD: Final = re.compile(r"<(?:\w+:)?(?:entry|item)(?=[\s>])")
_END: Final = re.compile(r"</(?:[\w.-]+:)?(?:feed|rss|RDF|OAI-PMH|html)\s*>", re.IGNORECASE)
_FEED: Final = re.compile(r"<(?:[\w.-]+:)?(?:feed|rss|RDF)[\s>]")
_ROOT: Final = re.compile(r"<([A-Za-z_][\w.:-]*)")
_API_ERROR: Final = re.compile(r"<id>\s*https?://[^<]*/api/errors\b.*?<summary[^>]*>(?P<said>.*?)</summary>", re.DOTALL)
_FEED_ERROR: Final = re.compile(
    r"<title>\s*(?P<title>Feed error for query[^<]*)</title>(?:.*?<(?:description|subtitle)[^>]*>(?P<said>[^<]*)<)?",
    re.DOTALL,
)
_HEAD: Final = 8_192
_TAIL: Final = 4_096


def count_records(text: str) -> int:
    """The entries of a feed."""
    return sum(1 for _ in _RECORD.finditer(text))


def is_feed(text: str) -> bool:
    """Whether a text is a feed of XML."""
    return bool(_FEED.search(text[:_HEAD]))


def fault_of_xml(text: str, *roots: str) -> str:
    """Why a text is no whole document with one of these root elements, or nothing."""
    found = _ROOT.search(text[:_HEAD])
    name = found[1].rpartition(":")[2] if found else ""
    if name not in roots:
        return f"answers with {f'`{clip(name, 40)}`' if name else 'something'} instead of `{roots[0]}`"
    return "" if _END.search(text[-_TAIL:]) else "ends in the middle"


def error_of_feed(text: str) -> str:
    """What a feed of arXiv says that is no feed but an error, whatever its status."""
    head = text[:_HEAD]
    if found := _API_ERROR.search(head):
        return clip(html.unescape(found["said"]))
    if found := _FEED_ERROR.search(head):
        return clip(html.unescape(found["said"] or found["title"]))
    return ""
