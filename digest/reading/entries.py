"""A Markdown file of content/ to an `Entry`: every key typed, everything wrong reported with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any, Final, TypeVar, get_args

from digest.formats import frontmatter, identifiers, slugs, urls, yamlhints
from digest.formats.patterns import lazily
from digest.model import ENTRY_KEYS, Entry, Identifiers, Kind, Problem, Provenance, Span, TitleFrom
from digest.reading.days import day_of_path, read_moment, read_partial
from digest.reading.fields import Fields
from digest.reading.files import MarkdownFile

SOURCE_KEYS: Final = ("format", "file", "url", "guid", "imported", "fingerprints")
LONGEST_SLUG: Final = 120

_SLUG = lazily(r"[^\W_][\w-]*")
_DAY_PREFIX = lazily(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}-(?=.)")
_COMMENT = lazily(r"[ \t]+#(?=\S)")

Name = TypeVar("Name")


def parse_entry(source: MarkdownFile, zone: tzinfo) -> tuple[Entry | None, tuple[Problem, ...]]:
    """The entry of a file; none where its title or day cannot be told. A time without offset is one of `zone`."""
    mapping, faults = source.parse_front()
    if not mapping.pairs and faults:
        return None, faults
    fields = Fields(mapping, "DG104", list(faults))
    fields.check_keys(_KNOWN, "DG105", "the key", "warning")
    lines = source.text.split("\n", source.document.body_line)
    title = _read_title(fields, source, lines)
    moment = _read_day(fields, source, zone)
    entry = _read_entry(fields, source, lines, title, moment)
    return entry if title and moment else None, tuple(fields.problems)


def _read_entry(
    fields: Fields,
    source: MarkdownFile,
    lines: Sequence[str],
    title: str,
    moment: tuple[date, datetime | None] | None,
) -> Entry:
    """Every other key, so that all that is wrong is told, even where there will be no entry."""
    day, time = moment or (date.min, None)
    written = fields.written
    return Entry(
        key=source.key,
        path=source.shown,
        id=_read_id(fields, source.key),
        title=title,
        date=day,
        slug=_read_slug(fields, source.key),
        body=source.document.body,
        body_line=source.document.body_line,
        fingerprint=source.fingerprint,
        time=time,
        identifiers=_NAMELESS if written.keys().isdisjoint(_IDENTIFIERS) else _read_identifiers(fields),
        title_at=fields.place_in("title", lines),
        summary_line=fields.place_in("summary", lines)[0],
        **{name: read(fields) for name, read in _READERS.items() if name in written},
    )


def _read_title(fields: Fields, source: MarkdownFile, lines: Sequence[str]) -> str:
    title = fields.read_text("title")
    if title is None:
        if not isinstance(fields.get("title"), frontmatter.ListNode | frontmatter.MapNode):
            place = fields.place_of("title", Span(source.shown, 1, 1, 3))
            fields.report("DG103", "the entry has no `title`", place, "add a line such as title: What the paper shows")
        return ""
    line, start = lines[title.line - 1], title.column - 1
    end = start + title.width
    if end < len(line) and (comment := _COMMENT.match(line, end)):
        place = Span(source.shown, title.line, comment.end(), len(line) - comment.end() + 1)
        hint = f"quote the title: title: {yamlhints.quote_value(line[start:].strip())}"
        fields.report("DG101", "what follows # is a comment and not in the title", place, hint, "warning")
    return title.text


def _read_day(fields: Fields, source: MarkdownFile, zone: tzinfo) -> tuple[date, datetime | None] | None:
    """The day as the front matter says it, else as the path does."""
    node = fields.get("date")
    if node is not None and not (isinstance(node, frontmatter.ScalarNode) and not node.text.strip()):
        return read_moment(fields, "date", zone)
    if day := day_of_path(source.key):
        return day, None
    place = fields.place_of("date", Span(source.shown, 1, 1, 3))
    hint = "add a line such as date: 2024-12-31, or move the file to content/2024/12/31/"
    fields.report("DG103", "the entry has no `date`", place, hint)
    return None


def _read_announced(fields: Fields) -> date | None:
    found = read_partial(fields, "announced")
    if found and found.full is None:
        place = fields.place_of("announced", Span(""))
        fields.report("DG102", "`announced` is not a day", place, "write announced: 2024-12-31")
    return found.full if found else None


def _read_id(fields: Fields, key: str) -> str:
    """The permanent id; without one, it is that of the path, and so changes when the file is moved."""
    found = fields.read_text("id")
    if found is not None and not any(char.isspace() for char in found.text):
        return found.text
    if found is not None:
        fields.report("DG104", "`id` holds a blank", found.span, "write one word, or delete the line")
    return identifiers.path_id(key)


def _read_slug(fields: Fields, key: str) -> str:
    folder, _, name = key.rpartition("/")
    stem = name.rpartition(".")[0]
    if stem == "index" and not folder[-2:].isdigit():  # a folder for one entry and its pictures
        stem = folder.rpartition("/")[2] or stem
    if stem[4:5] == "-":
        stem = _DAY_PREFIX.sub("", stem)
    usual = slugs.slugify(stem, limit=LONGEST_SLUG)
    found = fields.read_text("slug")
    if found is None:
        return usual
    slug = unicodedata.normalize("NFC", found.text)  # as a Mac writes it, é is two characters
    if len(slug.encode()) <= 2 * LONGEST_SLUG and (
        _SLUG.fullmatch(slug) or slugs.slugify(slug, limit=LONGEST_SLUG) == slug
    ):
        return slug
    hint = f"write letters, digits and dashes: slug: {slugs.slugify(found.text)}"
    fields.report("DG110", f'`slug` cannot be "{found.text}"', found.span, hint)
    return usual


def _read_authors(fields: Fields) -> tuple[str, ...]:
    usual = fields.clean_texts("authors")
    if usual is not None:
        return usual
    return tuple(author.text for author in fields.texts("authors", "Ada Lovelace, Alan Turing"))


def _read_tags(fields: Fields) -> tuple[str, ...]:
    """Kebab-case tags, each once; another writing of one is put right with a warning."""
    usual = fields.clean_texts("tags")
    if usual is not None and tuple(map(_tag_of, usual)) == usual:  # nearly all
        return tuple(dict.fromkeys(usual))
    tags: dict[str, None] = {}
    for found in fields.texts("tags", "graphs, language-models"):
        tag = _tag_of(found.text)
        if tag == found.text:
            tags[tag] = None
            continue
        if not any(char.isalnum() for char in found.text):
            fields.report("DG110", f'"{found.text}" is no tag', found.span, "write a word, or delete it")
            continue
        if "," in found.text:
            parts = ", ".join(slugs.slugify(part) for part in found.text.split(",") if part.strip())
            fields.report("DG104", "a tag holds a comma", found.span, f"write a list: tags: [{parts}]")
            continue
        message = f'the tag "{found.text}" is not in kebab-case'
        fields.report("DG110", message, found.span, f"write {tag}", "warning")
        tags[tag] = None
    return tuple(tags)


@lru_cache(maxsize=4096)
def _tag_of(text: str) -> str:
    return slugs.slugify(text, limit=LONGEST_SLUG)


def _read_identifiers(fields: Fields) -> Identifiers:
    arxiv = _identify(fields, "arxiv", identifiers.parse_arxiv, '"1706.03762" or "hep-th/9901001"') or ("", None)
    if arxiv[0] and not identifiers.is_given_out(arxiv[0]):
        place = fields.place_of("arxiv", Span("", 1, 1))
        message = f"arXiv cannot have given out {arxiv[0]}"
        fields.report("DG108", message, place, identifiers.GIVEN_OUT_HINT, "warning")
    version = fields.number("version", arxiv[1], 1, 999)
    others = {
        name: _identify(fields, name, parse, example) or ""
        for name, (parse, example) in _OTHER_NAMES.items()
        if name in fields.written
    }
    return Identifiers(arxiv[0], version, **others)


def _identify(fields: Fields, name: str, parse: Callable[[str], Name | None], example: str) -> Name | None:
    found = fields.read_text(name)
    if found is None:
        return None
    parsed = parse(found.text)
    if parsed is None:
        fields.report("DG108", f'`{name}` is malformed: "{found.text}"', found.span, f"write {name}: {example}")
    return parsed


def _read_links(fields: Fields) -> tuple[tuple[str, str], ...]:
    links = fields.pairs("links", "code: https://…")
    return tuple((name, url.text) for name, url in links if fields.accept_url(f"links.{name}", url))


def _read_details(fields: Fields) -> tuple[tuple[str, str], ...]:
    return tuple((name, text.text) for name, text in fields.pairs("details", 'volume: "12", comment: 9 pages'))


def _read_aliases(fields: Fields) -> tuple[str, ...]:
    aliases: dict[str, None] = {}
    for found in fields.texts("aliases", "/old/address/"):
        if fault := urls.fault_of_path(found.text):
            hint = "write the old address within the site, e.g. /2019/old-name/"
            fields.report("DG110", f'the alias "{found.text}" {fault}', found.span, hint)
        else:
            aliases[found.text] = None
    return tuple(aliases)


def _read_provenance(fields: Fields) -> Provenance:
    """Where the entry comes from; what a person writes there may be a plain text."""
    node = fields.get("source")
    if isinstance(node, frontmatter.ScalarNode):
        text = fields.text("source")
        return Provenance(url=text) if text.startswith(("https://", "http://")) else Provenance(file=text)
    if not isinstance(node, frontmatter.MapNode):
        fields.pairs("source", "format: bibtex, file: papers.bib")  # reports a list, passes over nothing
        return Provenance()
    inner = Fields(node, fields.code, fields.problems)
    inner.check_keys(SOURCE_KEYS, "DG105", "the key", "warning")
    url = inner.read_text("url")
    return Provenance(
        format=inner.text("format"),
        file=inner.text("file"),
        url=url.text if url and inner.accept_url("source.url", url) else "",
        guid=inner.text("guid"),
        imported=_read_imported(inner),
        fingerprints=_read_fingerprints(inner),
    )


def _read_imported(fields: Fields) -> date | None:
    found = read_partial(fields, "imported")
    return found.full if found else None


def _read_fingerprints(fields: Fields) -> tuple[tuple[str, str], ...]:
    """`title=1f2e3d4c body=5a6b7c8d`: no person writes them, and what is not one is none."""
    pairs = (word.partition("=") for word in fields.text("fingerprints").split())
    return tuple((name, value) for name, _, value in pairs if value)


_KNOWN: Final = dict.fromkeys(ENTRY_KEYS)
_OTHER_NAMES: Final = {
    "doi": (identifiers.parse_doi, '"10.1000/182"'),
    "pmid": (identifiers.parse_pmid, '"31452104"'),
    "pmcid": (identifiers.parse_pmcid, '"PMC6771234"'),
    "openreview": (identifiers.parse_openreview, '"rJXMpikCZ"'),
}
_IDENTIFIERS: Final = frozenset(("arxiv", "version", *_OTHER_NAMES))
_NAMELESS: Final = Identifiers()
# The keys that nothing else hangs on, in the order in which what is wrong with them is told.
_READERS: Final[dict[str, Callable[[Fields], Any]]] = {
    "title_from": lambda fields: fields.choice("title_from", get_args(TitleFrom), ""),
    "kind": lambda fields: fields.choice("kind", get_args(Kind), "note"),
    "announced": _read_announced,
    "published": lambda fields: read_partial(fields, "published"),
    "updated": lambda fields: read_partial(fields, "updated"),
    "authors": _read_authors,
    "tags": _read_tags,
    "venue": lambda fields: fields.text("venue"),
    "summary": lambda fields: fields.text("summary", lines=True),
    "links": _read_links,
    "details": _read_details,
    "aliases": _read_aliases,
    "source": _read_provenance,
    "lang": lambda fields: fields.language("lang", "DG110"),
    "license": lambda fields: fields.text("license"),
    "draft": lambda fields: fields.flag("draft"),
}
