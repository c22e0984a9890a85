"""What every command that brings entries into a site has in common: the site's settings, tags and entries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from digest.importing import (
    Importer,
    ImportRules,
    Suggest,
    Vocabulary,
    bundled_vocabulary,
    parse_vocabulary,
    stamp_of,
    stop_at_errors,
    suggest_tags,
)
from digest.model import OnKnown, Problem, ProblemError, Settings, Span
from digest.reading import find_entry_file, list_entry_files, read_entry, salvage_entry, site_zone


def open_importer(
    site: Path,
    settings: Settings,
    *,
    now: datetime | None = None,
    policy: OnKnown | None = None,
    day: date | None = None,
    tags: tuple[str, ...] = (),
    dry: bool = False,
) -> Importer:
    """The importer of a site, with every entry of it known.

    Raises:
        ProblemError: a file of the site or the vocabulary cannot be read, or another import is at work.
    """
    zone = site_zone(settings)
    suggest, wrong = read_suggest(site, settings)
    stop_at_errors(wrong)

    def stamps() -> Iterator[tuple[str, str]]:
        """Listed only when no other import is at work."""
        files, problems = list_entry_files(site)
        stop_at_errors(problems)
        for file in files:
            try:
                yield file.key, stamp_of(os.stat(file.path))  # noqa: PTH116 - tens of thousands of them
            except OSError as error:
                problem = Problem("error", "DG109", f"the file cannot be read: {error.strerror}", Span(file.shown))
                raise ProblemError([problem]) from error

    rules = ImportRules(now or datetime.now(UTC), zone, policy or settings.on_known, day, tags)
    return Importer(
        site / "content",
        _folder_of_state(site) / "known.sqlite",
        stamps=stamps,
        read=lambda key: read_entry(find_entry_file(site, key), zone),
        salvage=lambda key: salvage_entry(find_entry_file(site, key), zone),
        mark=settings.timezone,
        suggest=suggest,
        rules=rules,
        dry=dry,
    )


def _folder_of_state(site: Path) -> Path:
    """Where what can be made anew is kept; never outside the site, whatever a link says."""
    folder = site / ".digest"
    return folder if folder.resolve().is_relative_to(site.resolve()) else site / ".digest-state"


def contact_of(settings: Settings) -> str:
    """Whom a host may write to about us: as the settings say, else the address of the site."""
    return settings.contact or ("" if "://localhost" in settings.base_url else settings.base_url)


def read_suggest(site: Path, settings: Settings) -> tuple[Suggest, tuple[Problem, ...]]:
    """What suggests tags: the shipped vocabulary, extended or replaced by that of the site."""
    own, problems = _read_vocabulary(site, settings)

    @cache
    def vocabulary() -> Vocabulary:
        """Only when an entry wants tags: the shipped one takes longer to read than many imports do."""
        replaced = own is not None and settings.vocabulary_mode == "replace"
        bundled = Vocabulary() if replaced else bundled_vocabulary()
        return bundled.extend(own) if own is not None else bundled

    return lambda title, text: suggest_tags(title, text, vocabulary=vocabulary()), problems


def read_strict_tags(site: Path, settings: Settings) -> frozenset[str] | None:
    """The tags that entries may have; none where the vocabulary of the site does not take the place of ours."""
    own, _ = _read_vocabulary(site, settings)
    return frozenset(own.phrases) if own is not None and settings.vocabulary_mode == "replace" else None


def _read_vocabulary(site: Path, settings: Settings) -> tuple[Vocabulary | None, tuple[Problem, ...]]:
    """The vocabulary of the site, if it has one."""
    name = settings.vocabulary
    if not name:
        return None, ()
    text, fault = _read_words(site / name, name, site)
    return (None, (fault,)) if fault else parse_vocabulary(text, name)


def _read_words(path: Path, name: str, site: Path) -> tuple[str, Problem | None]:
    """The text of the vocabulary, or why there is none. A pipe would hang; a link may lead out of the site."""
    code, reason = "DG203", ""
    text = ""
    try:
        if os.path.lexists(path) and not (path.is_file() and path.resolve().is_relative_to(site.resolve())):
            code, reason = "DG109", "not a file of the site"
        else:
            text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
    hint = "`vocabulary` in site.yml is a path from the site's folder, such as content/vocabulary.yml"
    message = f"the vocabulary cannot be read: {reason}"
    return text, Problem("error", code, message, Span(name), hint) if reason else None
