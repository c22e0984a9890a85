"""Everything under content/, read: file by file, or all at once."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path

from digest.formats import frontmatter
from digest.model import Entry, PageFile, Problem, Settings, Span, StaticFile, dataclass
from digest.reading.entries import parse_entry
from digest.reading.files import MarkdownFile, Source, decode_text, read_source, static_file
from digest.reading.pages import parse_page
from digest.reading.scanning import PAGES, ScannedFile, scan_content
from digest.reading.settings import site_zone


@dataclass(frozen=True, slots=True)
class Content:
    """What a site is made of, each kind by key; an entry or page that cannot be read is in the problems only."""

    entries: tuple[Entry, ...] = ()
    pages: tuple[PageFile, ...] = ()
    static: tuple[StaticFile, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_content(site: Path, settings: Settings) -> Content:
    """Every entry, page and static file of a site; a site without content/ has none."""
    zone = site_zone(settings)
    files, faults = scan_content(site)
    problems = list(faults)
    entries: list[Entry] = []
    pages: list[PageFile] = []
    static: list[StaticFile] = []
    for file in files:
        if file.is_static:
            copied = static_file(file)
            if isinstance(copied, Problem):
                problems.append(copied)
            else:
                static.append(copied)
        elif file.is_markdown:  # else settings, vocabularies and whatever a person keeps there
            read, found = read_file(file, zone)
            if isinstance(read, Entry):
                entries.append(read)
            elif read:
                pages.append(read)
            problems += found
    return Content(tuple(entries), tuple(pages), tuple(static), tuple(problems))


def list_entry_files(site: Path) -> tuple[tuple[ScannedFile, ...], tuple[Problem, ...]]:
    """The Markdown files under content/ that may be entries, by key, and what is wrong with the folder."""
    files, problems = scan_content(site)
    return tuple(file for file in files if file.is_entry), problems


def find_entry_file(site: Path, key: str) -> ScannedFile:
    """The file of an entry whose key is known; whether it can be read shows when it is."""
    return ScannedFile(key, str(site / "content" / key))


def read_entry(file: ScannedFile, zone: tzinfo) -> tuple[str, Entry | None, tuple[Problem, ...]]:
    """The text of a file and the entry that it is, if it is one."""
    source = read_source(file)
    if isinstance(source, Problem):
        return "", None, (source,)
    decoded = decode_text(source.raw, file.shown)
    entry, problems = parse_source(file, source, zone)
    return "" if isinstance(decoded, Problem) else decoded.text, entry if isinstance(entry, Entry) else None, problems


def read_file(file: ScannedFile, zone: tzinfo) -> tuple[Entry | PageFile | None, tuple[Problem, ...]]:
    """The entry or page that a Markdown file is, if it can be read."""
    source = read_source(file)
    return (None, (source,)) if isinstance(source, Problem) else parse_source(file, source, zone)


def parse_source(
    file: ScannedFile, source: Source, zone: tzinfo
) -> tuple[Entry | PageFile | None, tuple[Problem, ...]]:
    """The entry or page of what is in a Markdown file. A time without offset is one of `zone`."""
    shown = file.shown
    decoded = decode_text(source.raw, shown)
    if isinstance(decoded, Problem):
        return None, (decoded,)
    document = frontmatter.split_document(decoded.text, shown)
    faults = (*decoded.problems, *document.problems)
    if document.problems:
        return None, faults
    markdown = MarkdownFile(file.key, shown, decoded.text, source.fingerprint, document)
    is_page = file.key.startswith(PAGES)
    if document.front is None and not is_page:
        return None, (*faults, _explain_bare(shown, decoded.text))
    made, found = parse_page(markdown) if is_page else parse_entry(markdown, zone)
    return made, (*faults, *found)


def _explain_bare(shown: str, text: str) -> Problem:
    """A Markdown file that is no entry is told of: it may have been meant as one."""
    hint = "begin it with --- and lines of `title:` and `date:`, or keep it outside content/"
    if text.lstrip().startswith("---\n"):
        hint = "delete what stands above the first ---"
    message = "not an entry: the file does not begin with front matter"
    return Problem("warning", "DG111", message, Span(shown), hint)
