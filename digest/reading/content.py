"""Everything under content/, read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Final

from digest.formats import frontmatter
from digest.model import SETTINGS_FILE, Entry, PageFile, Problem, Settings, Span, StaticFile
from digest.reading.entries import parse_entry
from digest.reading.files import FoundFile, MarkdownFile, read_bytes, read_text, walk_folder
from digest.reading.pages import parse_page
from digest.reading.settings import site_zone

MARKDOWN: Final = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Content:
    """What a site is made of, each kind by key; an entry or page that cannot be read is in the problems only."""

    entries: tuple[Entry, ...] = ()
    pages: tuple[PageFile, ...] = ()
    static: tuple[StaticFile, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_content(site: Path, settings: Settings) -> Content:
    """Every entry, page and static file of a site; a site without content/ has none."""
    folder = site / "content"
    if not folder.is_dir():
        return Content()
    zone = site_zone(settings)
    files, faults = walk_folder(folder, site)
    # What is wrong with the settings is told by read_settings.
    problems = [fault for fault in faults if fault.span is None or fault.span.path != SETTINGS_FILE]
    entries: list[Entry] = []
    pages: list[PageFile] = []
    static: list[StaticFile] = []
    for file in files:
        if file.key.startswith("static/"):
            data, found = read_bytes(file)
            if not found:
                static.append(StaticFile(file.key.removeprefix("static"), data))
        elif file.key.lower().endswith(MARKDOWN):
            read, found = read_markdown(file, zone)
            if isinstance(read, Entry):
                entries.append(read)
            elif read:
                pages.append(read)
        else:
            found = ()  # settings, vocabularies and whatever else a person keeps there
        problems += found
    return Content(tuple(entries), tuple(pages), tuple(static), tuple(problems))


def list_entry_files(site: Path) -> tuple[tuple[FoundFile, ...], tuple[Problem, ...]]:
    """The Markdown files under content/ that may be entries, by key, and what is wrong with the folder."""
    folder = site / "content"
    if not folder.is_dir():
        return (), ()
    files, problems = walk_folder(folder, site)
    entries = (
        file for file in files if file.key.lower().endswith(MARKDOWN) and not file.key.startswith(("static/", "pages/"))
    )
    return tuple(entries), problems


def find_entry_file(site: Path, key: str) -> FoundFile:
    """The file of an entry whose key is known; whether it can be read shows when it is."""
    return FoundFile(site / "content" / key, key, f"content/{key}")


def read_entry(file: FoundFile, zone: tzinfo) -> tuple[str, Entry | None, tuple[Problem, ...]]:
    """The text of a file and the entry that it is, if it is one."""
    read = read_text(file)
    if isinstance(read, Problem):
        return "", None, (read,)
    entry, problems = read_markdown(file, zone)
    return read.text, entry if isinstance(entry, Entry) else None, problems


def read_markdown(file: FoundFile, zone: tzinfo) -> tuple[Entry | PageFile | None, tuple[Problem, ...]]:
    """The entry or page of a Markdown file, if it can be read."""
    read = read_text(file)
    if isinstance(read, Problem):
        return None, (read,)
    document = frontmatter.split_document(read.text, file.shown)
    faults = (*read.problems, *document.problems)
    if document.problems:
        return None, faults
    source = MarkdownFile(file, read.text, read.raw, document)
    is_page = file.key.startswith("pages/")
    if document.front is None and not is_page:
        return None, (*faults, _explain_bare(file, read.text))
    made, found = parse_page(source) if is_page else parse_entry(source, zone)
    return made, (*faults, *found)


def _explain_bare(file: FoundFile, text: str) -> Problem:
    """A Markdown file that is no entry is told of: it may have been meant as one."""
    hint = "begin it with --- and lines of `title:` and `date:`, or keep it outside content/"
    if text.lstrip().startswith("---\n"):
        hint = "delete what stands above the first ---"
    message = "not an entry: the file does not begin with front matter"
    return Problem("warning", "DG111", message, Span(file.shown), hint)
