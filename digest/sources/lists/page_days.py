"""The day of a page: in its title, its first heading, its name, its front matter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from digest.formats.dates import parse_date_line, parse_partial
from digest.formats.markdown_blocks import Page
from digest.formats.markdown_inline import parse_inline, plain
from digest.formats.venues import find_date
from digest.model import Item

_PATH_DATE: Final = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?([0-2]\d|3[01])(?![0-9A-Za-z])"
)
# So many parts of a path may make a day: `2019/12/06.md`.
_PARTS: Final = 3


def day_of_page(name: str, page: Page, *, dated: bool) -> date | None:
    """The day of a page: in its title, its first heading, its name, its front matter."""
    heading = next((block for block in page.blocks[:3] if block.kind == "heading"), None)
    for words in (page.front_matter.get("title", ""), plain(parse_inline(heading.text)) if heading else ""):
        if day := full_day(words):
            return day
    if day := day_of_name(name):
        return day
    return full_day(page.front_matter.get("date", "")[:10]) if dated else None


def day_of_name(name: str) -> date | None:
    """The day that the name of a document states, or of the folders it is in."""
    parts = PurePosixPath(name.replace("\\", "/")).parts[-_PARTS:]
    for words in (*parts[::-1], "/".join(parts)):
        found = _PATH_DATE.search(words)
        day = full_day("-".join(found.groups()) if found else words.replace("_", "-").rpartition(".")[0] or words)
        if day:
            return day
    return None


def with_day_of_name(item: Item, name: str) -> Item:
    """An item that tells no day, with that of the name of its document."""
    told = item.day is not None or (item.published is not None and item.published.day is not None)
    day = None if told else day_of_name(name)
    return replace(item, day=day) if day else item


def full_day(words: str) -> date | None:
    """The day that words state, if they state a whole date."""
    stated = parse_date_line(words) if len(words) < 80 else None
    if isinstance(stated, date):
        return stated
    found = find_date(words)
    day = parse_partial(str(found[0])) if found else None
    return date.fromisoformat(str(day)) if day and len(str(day)) == 10 else None
