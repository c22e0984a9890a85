"""A Markdown file of content/pages/ to a `PageFile`."""

from __future__ import annotations

from typing import Final

from digest.formats import slugs
from digest.formats.patterns import lazily
from digest.model import PageFile, Problem
from digest.reading.fields import Fields
from digest.reading.files import MarkdownFile

KEYS: Final = ("title", "description", "lang", "draft")

_HEADING = lazily(r"#[ \t]+(?P<title>[^\n]*?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)")
_SEGMENT = lazily(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def parse_page(source: MarkdownFile) -> tuple[PageFile | None, tuple[Problem, ...]]:
    """The page of a file; none of a draft. Without `title` it is the first heading, else the file's name."""
    document = source.document
    mapping, faults = source.parse_front()
    fields = Fields(mapping, "DG104", list(faults))
    fields.check_keys(KEYS, "DG105", "the key", "warning")
    title, body, line = fields.text("title"), document.body, document.body_line
    title_at = fields.place_in("title", source.text.split("\n"))
    if not title and (heading := _HEADING.match(body)):
        # The page shows its title above the body, once.
        rest = body[heading.end() :].lstrip("\n")
        title_at = (line, heading.start("title") + 1)
        title, line = heading["title"], line + body.count("\n", 0, len(body) - len(rest))
        body = rest
    page = PageFile(
        key=source.key,
        path=source.shown,
        title=title or _name_of(source.key).replace("-", " ").replace("_", " ").capitalize(),
        url=url_of_page(source.key),
        body=body,
        body_line=line,
        fingerprint=source.fingerprint,
        description=fields.text("description"),
        lang=fields.language("lang", "DG110"),
        title_at=title_at,
    )
    return None if fields.flag("draft") else page, tuple(fields.problems)


def url_of_page(key: str) -> str:
    """The address of content/pages/…: `/about/`; a page `index` in a folder is that of the folder."""
    parts = key.rpartition(".")[0].split("/")[1:]
    if len(parts) > 1 and parts[-1] == "index":
        parts.pop()
    return "".join(f"/{part if _SEGMENT.fullmatch(part) else slugs.slugify(part)}" for part in parts) + "/"


def _name_of(key: str) -> str:
    return key.rpartition("/")[2].rpartition(".")[0]
