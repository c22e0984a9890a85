"""What a host takes: GitHub refuses large files, and serves no site of more than so much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from digest.model import Problem

LARGEST_FILE: Final = 100 * 1024 * 1024  # bytes; https://docs.github.com/repositories, "About large files on GitHub"
LARGEST_SITE: Final = 1024 * 1024 * 1024  # bytes; https://docs.github.com/pages, "GitHub Pages limits"


def check_sizes(sizes: Mapping[str, int], *, strict: bool) -> Iterator[Problem]:
    """DG824 for each file, path → bytes, that is too large, and for the whole; `strict` where it is that host."""
    for path, size in sizes.items():
        if size > LARGEST_FILE:
            message = f"{path} has {_show(size)}, and GitHub takes no file of more than {_show(LARGEST_FILE)}"
            hint = "keep it elsewhere, as an attachment of a release, and link to it"
            yield Problem("error" if strict else "warning", "DG824", message, hint=hint)
    whole = sum(sizes.values())
    if whole > LARGEST_SITE:
        message = f"the site has {_show(whole)}, and GitHub Pages is made for {_show(LARGEST_SITE)} at most"
        hint = "`feed_archives: none`, `topic_feeds: false` and `markdown_twins: false` make it smaller"
        yield Problem("warning", "DG824", message, hint=hint)


def _show(size: int) -> str:
    return f"{size / 1024 / 1024:,.0f} MB"
