"""The fields of a post's head as an item: what an entry has a place for is taken, all else is told as noise."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from digest.formats import author_lines, identifiers, person_names, slugs
from digest.formats.post_dates import parse_post_date, settle_date
from digest.formats.post_head import PostHead, field_name
from digest.formats.post_names import PostName, parse_post_name
from digest.formats.shortcodes import convert_shortcodes
from digest.formats.tex_accents import letters_from_tex
from digest.model import Found, Identifiers, Item, Kind, Noise, PartialDate, Problem, Span
from digest.sources import post_keys
from digest.sources.post_papers import NOTHING, find_post_paper, read_identifiers
from digest.sources.records import Field, Record

# Themes draw a line below their head.
_RULE: Final = re.compile(r"-{3,}[ \t]*(?:\n|\Z)")
_PAGE: Final = re.compile(r"\{\{-?[ \t]*page\.(?P<key>[\w-]+)[ \t]*-?\}\}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAMED_LINK: Final = re.compile(r"links?\.[^.\[\]]+")
_WIKI: Final = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")


@dataclass(frozen=True, slots=True)
class Post:
    """A post before it is an item: its head and the Markdown of its body; `tags_by_blank` is the way of Jekyll."""

    path: str
    head: PostHead
    name: PostName
    title: str = ""
    tags_by_blank: bool = False


def read_post(post: Post) -> Iterator[Found]:
    """One item, then what was left out and what was odd."""
    path, head = post.path, post.head
    yield from head.problems
    record = Record(path, [Field(field.name, field.value, field.line) for field in head.fields])
    converted = convert_shortcodes(head.body)
    title = _one_line(html.unescape(record.take("title") or post.title))
    body, repeated = _without_title(_trimmed(converted.body), title)
    rule = _RULE.match(body)
    body = _trimmed(body[rule.end() :]) if rule else body
    names, links = _take_paper(record)
    said, address = find_post_paper(title, body) if names == NOTHING else (NOTHING, "")
    if said != NOTHING or address:
        names = identifiers.merge_identifiers(names, said)
    if address and not any(name == "paper" for name, _ in links):
        links = [("paper", address), *links]
    body = _filled(body, head)
    month = identifiers.arxiv_month(names.arxiv) if names.arxiv else None
    named = post.name.day
    found = _Dates.take(record, path, PartialDate(named.year, named.month) if named else month)
    yield from found.problems
    authors, writers = _take_authors(
        record, of_paper=head.has(*post_keys.TELLS_OF_A_PAPER), whole=head.has(*post_keys.RECORD)
    )
    abstract = record.take("abstract") if authors else ""
    if abstract:
        body = f"{abstract}\n\n{body}".strip()
    details = [("post-author", name) for name in writers[:1] and [", ".join(writers)]]
    details += [(name, text) for key, name in post_keys.DETAILS.items() if (text := _one_line(record.take(key)))]
    details += [("post-updated", found.updated)] if found.updated else []
    day = found.day or post.name.day
    about = names != NOTHING or bool(authors) or any(name in {"paper", "pdf"} for name, _ in links)
    kind: Kind = "abstract" if abstract else "summary" if about else "note"
    tags, shelves = _take_tags(record, by_blank=post.tags_by_blank)
    yield Item(
        kind=kind,
        body=body,
        span=Span(path, record.line_of("title")),
        title=title or ("" if re.match(r"\s*#", body) else post.name.title),
        day=day,
        published=found.published or (None if day else month),
        authors=authors,
        identifiers=names,
        venue=_one_line(record.take(*post_keys.VENUE)).replace("*", ""),
        summary=record.take(*post_keys.SUMMARY),
        links=tuple(dict.fromkeys(links)),
        details=tuple(details),
        tags=tags,
        lang=_take_language(record) or post.name.lang,
        license=_one_line(record.take(*post_keys.LICENSE)),
        slug=_take_slug(record) or post.name.slug,
        aliases=_take_aliases(record),
        draft=_take_draft(record) or post.name.draft,
    )
    yield from record.noise()
    for line, text in (*head.remarks, *shelves):
        yield Noise(Span(path, line), text)
    for line, text in (*converted.dropped, *repeated):
        yield Noise(Span(path, head.body_line + line), text)


def post_of(path: str, head: PostHead, *, title: str = "") -> Post:
    """The post of a head under the name of its file."""
    name = parse_post_name(path)
    return Post(path, head, name, title, tags_by_blank=name.jekyll or head.has("layout"))


@dataclass(frozen=True, slots=True)
class _Dates:
    """The dates of a post, each where the head states it."""

    day: date | None = None
    published: PartialDate | None = None
    updated: str = ""
    problems: tuple[Problem, ...] = ()

    @classmethod
    def take(cls, record: Record, path: str, month: PartialDate | None) -> _Dates:
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
        return cls(day, published, _one_line(record.take(*post_keys.UPDATED)), tuple(problems))


def _take_published(record: Record) -> PartialDate | None:
    """When the paper came out: its year, or `published` where that is a date and no switch."""
    for name in ("published", *post_keys.YEAR):
        read = parse_post_date(record.peek(name)) if record.peek(name) else None
        if read is not None:
            record.take(name)
            return read if isinstance(read, PartialDate) else PartialDate(read.year, read.month, read.day)
    return None


def _take_paper(record: Record) -> tuple[Identifiers, list[tuple[str, str]]]:
    """The identifiers that the head gives the paper, and every address that it names."""
    names = NOTHING
    links: list[tuple[str, str]] = []
    for key in post_keys.PAPER:
        for text in (record.peek(key), record.peek(f"{key}[]")):
            own = _named(key, text) if text else NOTHING
            names = identifiers.merge_identifiers(names, own)
            if _is_address(text):
                links.append(("paper", text))
            if own != NOTHING or _is_address(text):
                record.take(key, f"{key}[]")
    for key in post_keys.PERHAPS:
        text = record.peek(key)
        if text and _is_address(text) and (own := read_identifiers(text)) != NOTHING:
            names = identifiers.merge_identifiers(names, own)
            if not key.endswith("pdf") and "pdf" not in key:
                links.append(("paper", text))
                record.take(key)
    for name, keys in post_keys.LINKS.items():
        for key in keys:
            text = record.peek(key)
            if text and _is_address(text):
                links.append((name, text))
                record.take(key)
    links += _take_named_links(record)
    return names, list(dict.fromkeys(links))


def _take_named_links(record: Record) -> Iterator[tuple[str, str]]:
    """Addresses under `links`, by whatever names the head gives them."""
    pairs = zip(record.take_all("links[].name"), record.take_all("links[].url"), strict=False)
    named = [(f"links.{name}", address) for name, address in pairs]
    rest = [(field.name, field.value.strip()) for field in record.rest() if _NAMED_LINK.fullmatch(field.name)]
    for path, address in (*named, *rest):
        if _is_address(address):
            record.drop(path)
            yield slugs.slugify(path.partition(".")[2]), address


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


def _take_authors(record: Record, *, of_paper: bool, whole: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
    for key in keys:
        for form in (f"{key}[].name", f"{key}.name", f"{key}[]", f"{key}[].given", key):
            for text in record.take_all(form):
                names += _split_people(_WIKI.sub(r"\1", text), whole=form != key)
    return tuple(dict.fromkeys(name for name in names if name.casefold() != "admin"))


def _split_people(text: str, *, whole: bool) -> list[str]:
    text = _one_line(text)
    if whole and text.count(",") == 1 and ";" not in text and not re.search(r"\band\b", text):
        return [person_names.natural_name(text)]
    return list(author_lines.parse_authors(text).names) if not whole or ";" in text else [text]


def _take_tags(record: Record, *, by_blank: bool) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """Tags, keywords and categories as written, and the shelves among them, which are none."""
    tags: list[str] = []
    shelves: list[tuple[int, str]] = []
    nested = {
        field.name for field in record.fields if re.fullmatch(r"(?:tags|keywords|categories)\.\w+\[\]", field.name)
    }
    for key in (*post_keys.TAGS, *post_keys.MORE_TAGS, *sorted(nested)):
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


def _take_language(record: Record) -> str:
    text = record.peek("lang", "language", "locale")
    return record.take("lang", "language", "locale").replace("_", "-") if _LANGUAGE.fullmatch(text) else ""


def _take_slug(record: Record) -> str:
    """The slug that the head states, in the form that slugs have here."""
    text = record.peek("slug").strip("/")
    if not re.search(r"[^\W\d_]", text):
        return ""
    record.take("slug")
    return slugs.slugify(text.rpartition("/")[2], limit=120)


def _take_aliases(record: Record) -> tuple[str, ...]:
    """Addresses that the post had: other names for it, as Obsidian's `aliases` are, stay where they are."""
    found: list[str] = []
    for key in ("permalink", "url", "aliases", "alias", "redirect_from", "redirects", "path", "save_as"):
        values = [record.peek(key), *(field.value.strip() for field in record.fields if field.name == f"{key}[]")]
        paths = [text for text in values if re.fullmatch(r"/?[^\s:{}]+(?:/|\.html?)", text) and "/:" not in text]
        if paths and len(paths) == len([text for text in values if text]):
            found += [text if text.startswith("/") else f"/{text}" for text in paths]
            record.take_all(key, f"{key}[]")
    return tuple(dict.fromkeys(found))


def _take_draft(record: Record) -> bool:
    """Whether the post is not out yet; how else it stands, read or to be read, is another matter."""
    draft = False
    for key, out in (("draft", {"false", "no"}), ("published", {"true", "yes"}), ("status", {"published"})):
        text = record.peek(key).casefold()
        says = {"draft": {"true", "yes"}, "published": {"false", "no"}, "status": {"draft"}}[key]
        if text in says | out:
            record.take(key)
            draft = draft or text in says
    return draft


def _without_title(body: str, title: str) -> tuple[str, list[tuple[int, str]]]:
    """The body without a first heading that only repeats the title."""
    found = re.match(r"(?P<text> {0,3}#{1,3}[ \t]+(?P<atx>[^\n]*)|(?P<setext>[^\n]+)\n=+[ \t]*)(?:\n|\Z)", body)
    heading = (found["atx"] or found["setext"] or "") if found else ""
    words = re.findall(r"[^\W_]+", heading.casefold())
    if not found or not words or words != re.findall(r"[^\W_]+", title.casefold()):
        return body, []
    return _trimmed(body[found.end() :]), [(0, found["text"])]


def _filled(body: str, head: PostHead) -> str:
    """The body with `{{ page.key }}` as what the head says under that key."""
    if "{{" not in body:
        return body
    told = {field.name: field.value for field in reversed(head.fields) if field.value}
    return _PAGE.sub(lambda found: told.get(field_name(found["key"]), found[0]), body)


def _trimmed(body: str) -> str:
    """A body without the blank lines at its ends; the indent of its first line stays."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", body).rstrip()


def _one_line(text: str) -> str:
    return " ".join(letters_from_tex(text).split())
