"""What the path of a post says: `_posts/2019-03-04-my-post.md`, `posts/my-post/index.md`, `_drafts/my-post.md`.

Source: the Jekyll documentation, "Posts"; the Hugo documentation, "Page bundles".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from digest.formats.patterns import lazily

_EXTENSION_LIST: Final = "md markdown mkd mdown mdx rmd rmarkdown qmd rst rest txt"
EXTENSIONS: Final = frozenset(_EXTENSION_LIST.split())
_DATED: Final = lazily(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[-_ ]+(?P<rest>.*))?")
_BUNDLES: Final = frozenset(["index", "_index", "readme"])
_LANGUAGE: Final = lazily(r"(?P<stem>.+)\.(?P<lang>[a-z]{2}(?:-[A-Za-z]{2,4})?)")
_GENERIC_WORDS: Final = "readme index notes note paper papers summary review untitled post draft template"
_GENERIC: Final = frozenset(_GENERIC_WORDS.split())


@dataclass(frozen=True, slots=True)
class PostName:
    """The name of a post without its date; empty where the path says nothing, as standard input does."""

    stem: str = ""
    day: date | None = None
    lang: str = ""
    extension: str = ""
    draft: bool = False
    jekyll: bool = False

    @property
    def slug(self) -> str:
        """The name where it is written as addresses are: `my-post`."""
        kebab = re.fullmatch(r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*", self.stem) and re.search(r"[^\W\d_]", self.stem)
        return self.stem if kebab else ""

    @property
    def title(self) -> str:
        """The name where it clearly is a title: words with blanks, or capitalised ones between low lines."""
        words = self.stem.replace("_", " ").split()
        low_lines = self.stem.count("_") >= 2 and re.match(r"[^\W\d_]", self.stem) and not self.stem.islower()
        if " " not in self.stem.strip() and not low_lines:
            return ""
        return " ".join(words) if len(words) > 1 and not set(map(str.casefold, words)) <= _GENERIC else ""


def parse_post_name(path: str) -> PostName:
    """Take a path apart; an address or `-` gives an empty name."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in {"", "."}]
    if not parts or path == "-" or re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", path):
        return PostName()
    stem, dot, extension = parts[-1].rpartition(".")
    if not dot or extension.casefold() not in EXTENSIONS:
        stem, extension = parts[-1], ""
    lang = ""
    if found := _LANGUAGE.fullmatch(stem):
        stem, lang = found["stem"], found["lang"]
    if stem.casefold() in _BUNDLES:
        stem = parts[-2] if len(parts) > 1 else ""
    folders = {part.casefold() for part in parts[:-1]}
    name = PostName(stem, None, lang, extension.casefold(), "_drafts" in folders, bool(folders & {"_posts", "_drafts"}))
    dated = _DATED.fullmatch(stem)
    day = _day(dated) if dated else None
    if dated is None or day is None:
        folder = _DATED.fullmatch(parts[-2]) if len(parts) > 1 else None
        return replace(name, day=_day(folder)) if folder else name
    rest = (dated["rest"] or "").strip(" -_")
    return PostName(rest, day, lang, name.extension, name.draft, jekyll=True)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
