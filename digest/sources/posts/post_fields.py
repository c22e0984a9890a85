"""The fields of a post's head that an entry has a place for, taken from the record of them one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from digest.formats import author_lines, identifiers, person_names, slugs
from digest.formats.post_dates import parse_post_date, settle_date
from digest.formats.tex_accents import letters_from_tex
from digest.model import Identifiers, PartialDate, Problem, Span
from digest.sources.posts import post_keys
from digest.sources.posts.post_papers import NOTHING, read_identifiers
from digest.sources.records import Record

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAMED_LINK: Final = re.compile(r"links?\.[^.\[\]]+")
_WIKI: Final = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a post, each where the head states it."""

    day: date | None = None
    published: PartialDate | None = None
    updated: str = ""
    problems: tuple[Problem, ...] = ()

    @classmethod
    def take(cls, record: Record, path: str, month: PartialDate | None) -> Dates:
        """Take what is a date; what is none stays in the record, with a warning.

        `month`, that of the arXiv id or of the name, settles a date that may be two.
        """
        day: date | None = None
        published: PartialDate | None = None
        problems: list[Problem] = []
        for name in post_keys.DAY:
            text = record.peek(name)
            if not text or day is not None:
                continue
            read = parse_post_date(text) or (settle_date(text, month) if month else None)
            if read is not None:
                record.take(name)
            if isinstance(read, PartialDate):
                published = read
            elif (
                read is not None
                and name == "note_date"
                and month
                and (read.year, read.month) == (month.year, month.month)
            ):
                # The date beside a title is the paper's where its id tells the same month.
                published = PartialDate(read.year, read.month, read.day)
            elif read is not None:
                day = read
            elif name in {"date", "note_date"}:
                span = Span(path, record.line_of(name))
                message = f'the date is not a date, or might be two: "{text[:60]}"'
                problems.append(Problem("warning", "DG102", message, span, "write YYYY-MM-DD, e.g. 2024-12-31"))
        published = published or _take_published(record)
        return cls(day, published, one_line(record.take(*post_keys.UPDATED)), tuple(problems))


def _take_published(record: Record) -> PartialDate | None:
    """When the paper came out: its year, or `published` where that is a date and no switch."""
    for name in ("published", *post_keys.YEAR):
        read = parse_post_date(record.peek(name)) if record.peek(name) else None
        if read is not None:
            record.take(name)
            return read if isinstance(read, PartialDate) else PartialDate(read.year, read.month, read.day)
    return None


def take_paper(record: Record) -> tuple[Identifiers, list[tuple[str, str]]]:
    """The identifiers that the head gives the paper, and every address that it names."""
    names = NOTHING
    links: list[tuple[str, str]] = []
    for key, text in told(record, post_keys.PAPER):
        own = _named(key.removesuffix("[]"), text)
        names = identifiers.merge_identifiers(names, own)
        if _is_address(text):
            links.append(("paper", text))
        if own != NOTHING or _is_address(text):
            record.take(key)
    for key, text in told(record, post_keys.PERHAPS):
        if _is_address(text) and (own := read_identifiers(text)) != NOTHING:
            names = identifiers.merge_identifiers(names, own)
            if "pdf" not in key:
                links.append(("paper", text))
                record.take(key)
    for name, keys in post_keys.LINKS.items():
        for key, text in told(record, keys):
            if _is_address(text):
                links.append((name, text))
                record.take(key)
    links += _take_named_links(record)
    return names, list(dict.fromkeys(links))


def told(record: Record, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Of these keys, in their order, those that the head has, and what it says under each; of a list the first."""
    names = {field.name for field in record.fields}
    for key in keys:
        for form in (key, f"{key}[]"):
            if form in names and (text := record.peek(form)):
                yield form, text


def _values(record: Record, name: str) -> list[str]:
    return [field.value.strip() for field in record.fields if field.name == name]


def _take_named_links(record: Record) -> Iterator[tuple[str, str]]:
    """Addresses under `links`, by whatever names the head gives them."""
    names, addresses = _values(record, "links[].name"), _values(record, "links[].url")
    if len(names) == len(addresses) and all(map(_is_address, addresses)):
        record.drop("links[].name", "links[].url")
        yield from zip(map(slugs.slugify, names), addresses, strict=True)
    for field in record.rest():
        if _NAMED_LINK.fullmatch(field.name) and _is_address(field.value.strip()):
            record.drop(field.name)
            yield slugs.slugify(field.name.partition(".")[2]), field.value.strip()


def _named(key: str, text: str) -> Identifiers:
    """What a key says by its name and its value: `arxiv: 1234.56789` needs no mark."""
    kind = key.rpartition(".")[2]
    text = text.strip().strip("<>")
    if (names := read_identifiers(text)) != NOTHING:
        return names
    if "arxiv" in kind or kind in {"eprint", "paper_id"}:
        arxiv = identifiers.parse_arxiv(text)
        return Identifiers(arxiv=arxiv[0], version=arxiv[1]) if arxiv else NOTHING
    if "doi" in kind:
        return Identifiers(doi=identifiers.parse_doi(text) or "")
    if kind == "pmid":
        return Identifiers(pmid=identifiers.parse_pmid(text) or "")
    if kind == "pmcid":
        return Identifiers(pmcid=text if re.fullmatch(r"PMC\d+", text) else "")
    if "openreview" in kind:
        return Identifiers(openreview=identifiers.parse_openreview(text) or "")
    return NOTHING


def _is_address(text: str) -> bool:
    return re.fullmatch(r"https?://\S+", text) is not None


def take_authors(record: Record, *, of_paper: bool, whole: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The authors of the paper and those of the post; who is named `author` wrote the post, but of a `whole` record."""
    told = _people(record, post_keys.PAPER_AUTHORS)
    if of_paper and not told:
        told = _people(record, ("authors",))
    if whole and not told:
        told = _people(record, ("author",))
    writers = _people(record, ("author", "authors", "extra.author", "extra.authors", "byline"))
    return told, () if set(writers) <= set(told) else writers


def _people(record: Record, keys: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    if not any(field.name.startswith(tuple(keys)) for field in record.fields):
        return ()
    for key in keys:
        for form in (f"{key}[].name", f"{key}.name", f"{key}[]", f"{key}[].given", key):
            for text in record.take_all(form):
                names += _split_people(_WIKI.sub(r"\1", text), whole=form != key)
    return tuple(dict.fromkeys(name for name in names if name.casefold() != "admin"))


def _split_people(text: str, *, whole: bool) -> list[str]:
    text = one_line(text)
    if whole and text.count(",") == 1 and ";" not in text and not re.search(r"\band\b", text):
        return [person_names.natural_name(text)]
    return list(author_lines.parse_authors(text).names) if not whole or ";" in text else [text]


def take_tags(record: Record, *, by_blank: bool) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """Tags, keywords and categories as written, and the shelves among them, which are none."""
    tags: list[str] = []
    shelves: list[tuple[int, str]] = []
    names = {field.name for field in record.fields}
    nested = sorted(name for name in names if post_keys.NESTED_TAGS.fullmatch(name))
    for key in (*post_keys.TAGS, *post_keys.MORE_TAGS, *nested):
        if not names & {key, f"{key}[]"}:
            continue
        line = record.line_of(key, f"{key}[]")
        texts = list(record.take_all(key if key.endswith("[]") else f"{key}[]"))
        for text in record.take_all(key):
            several = key in {"tags", "tag", "categories"}
            texts += _split_tags(text, by_blank=by_blank and several) if not key.endswith("[]") else [text]
        for text in texts:
            tag = _WIKI.sub(r"\1", text).strip().strip("\"'").lstrip("#").strip()
            if tag.casefold() in post_keys.SHELVES:
                shelves.append((line, f"{key}: {tag}"))
            elif tag:
                tags.append(tag)
    return tuple(dict.fromkeys(tags)), shelves


def _split_tags(text: str, *, by_blank: bool) -> list[str]:
    text = text.strip().strip("[]") if not text.strip().startswith("[[") else text
    for sign in ",;，、；":
        if sign in text:
            return text.split(sign)
    if by_blank or re.fullmatch(r"(?:#[^\s#]+\s*)+", text):
        return text.split()
    return [text]


def take_language(record: Record) -> str:
    """The language tag that the head states; a name of a language is none."""
    text = record.peek("lang", "language", "locale")
    return record.take("lang", "language", "locale").replace("_", "-") if _LANGUAGE.fullmatch(text) else ""


def take_slug(record: Record) -> str:
    """The slug that the head states, in the form that slugs have here."""
    text = record.peek("slug").strip("/")
    if not re.search(r"[^\W\d_]", text):
        return ""
    record.take("slug")
    return slugs.slugify(text.rpartition("/")[2], limit=120)


def take_aliases(record: Record) -> tuple[str, ...]:
    """Addresses that the post had: other names for it, as Obsidian's `aliases` are, stay where they are."""
    found: list[str] = []
    for key in ("permalink", "url", "aliases", "alias", "redirect_from", "redirects", "path", "save_as"):
        values = [record.peek(key), *(field.value.strip() for field in record.fields if field.name == f"{key}[]")]
        paths = [text for text in values if re.fullmatch(r"/?[^\s:{}]+(?:/|\.html?)", text) and "/:" not in text]
        if paths and len(paths) == len([text for text in values if text]):
            found += [text if text.startswith("/") else f"/{text}" for text in paths]
            record.take_all(key, f"{key}[]")
    return tuple(dict.fromkeys(found))


def take_draft(record: Record) -> bool:
    """Whether the post is not out yet; how else it stands, read or to be read, is another matter."""
    draft = False
    for key, out in (("draft", {"false", "no"}), ("published", {"true", "yes"}), ("status", {"published"})):
        text = record.peek(key).casefold()
        says = {"draft": {"true", "yes"}, "published": {"false", "no"}, "status": {"draft"}}[key]
        if text in says | out:
            record.take(key)
            draft = draft or text in says
    return draft


def one_line(text: str) -> str:
    """A text in one line, accents of TeX as letters."""
    return " ".join(letters_from_tex(text).split())
