"""The day of a page: in its title, its first heading, its name, its front matter."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from digest.formats.dates import parse_date_line, parse_partial
from digest.formats.markdown_blocks import Page
from digest.formats.markdown_inline import parse_inline, plain
from digest.formats.venues import find_date

_PATH_DATE: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")


def day_of_page(name: str, page: Page, *, dated: bool) -> date | None:
    """The day of a page: in its title, its first heading, its name, its front matter."""
    heading = next((block for block in page.blocks[:3] if block.kind == "heading"), None)
    for words in (page.front_matter.get("title", ""), plain(parse_inline(heading.text)) if heading else ""):
        if day := full_day(words):
            return day
    for part in PurePosixPath(name).parts[::-1][:3]:
        found = _PATH_DATE.search(part)
        day = (
            full_day("-".join(found.groups())) if found else full_day(part.replace("_", "-").rpartition(".")[0] or part)
        )
        if day:
            return day
    return full_day(page.front_matter.get("date", "")[:10]) if dated else None


def full_day(words: str) -> date | None:
    """The day that words state, if they state a whole date."""
    stated = parse_date_line(words) if len(words) < 80 else None
    if isinstance(stated, date):
        return stated
    found = find_date(words)
    day = parse_partial(str(found[0])) if found else None
    return date.fromisoformat(str(day)) if day and len(str(day)) == 10 else None
