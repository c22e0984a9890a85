"""The site as Markdown: a twin of each entry, and llms.txt (https://llmstxt.org)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Final

from digest.formats import calendars
from digest.formats.patterns import lazily
from digest.model import Alternate, Entry, LocalLink, Sketch, TextFile
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.claims import entries_by_address
from digest.planning.lazily import Lookup
from digest.planning.marks import mark_contents, mark_value
from digest.planning.outward import world_address, world_links
from digest.planning.sketching import sketch_value

_NEWEST: Final = 100  # llms.txt is read whole: it must not grow with the site
_MOST_TAGS: Final = 50
_TWIN_NAMES: Final = ("the settings", "the words", "its file", "its links")
_BRACKETS: Final = lazily(r"[\[\]\\]")
_CLOSERS: Final = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})


def markdown_of(atlas: Atlas, entry: Entry) -> Alternate | None:
    """The Markdown twin of an entry, if the site has them."""
    if not atlas.settings.markdown_twins:
        return None
    return Alternate("Markdown", atlas.href(entry.url + at.TWIN), "text/markdown")


def sketch_twins(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """A twin of each entry, and llms.txt, if the site wants them."""
    tags = Lookup(partial(_link_tag, atlas))
    if atlas.settings.markdown_twins and asked.names(at.TWIN):
        frame = (mark_contents(atlas.settings), mark_value(atlas.words))
        for entry in entries_by_address(asked.entries(atlas.site)):
            url = entry.url + at.TWIN
            marks = (*frame, entry.fingerprint, atlas.mark_links(entry))
            make = partial(_make_twin, atlas, tags, entry, url)
            yield Sketch(url, "text", _TWIN_NAMES, marks, make, "a Markdown twin")
    if atlas.settings.llms_txt and asked.is_for(at.LLMS):
        yield sketch_value(TextFile(at.LLMS, _write_llms(atlas, tags)), "text", at.LLMS, f"the file {at.LLMS}")


def _make_twin(atlas: Atlas, tags: Mapping[str, str], entry: Entry, url: str) -> TextFile:
    return TextFile(url, _write_twin(atlas, tags, entry))


def _write_twin(atlas: Atlas, tags: Mapping[str, str], entry: Entry) -> str:
    """The title, what is known of the paper as a list, then the body as it was written, its links whole."""
    facts = "\n".join(f"- {label}: {text}" for label, text in _list_facts(atlas, tags, entry) if text)
    return f"# {' '.join(entry.title.split())}\n\n{facts}\n\n{_whole_links(atlas, entry).strip()}\n"


def _list_facts(atlas: Atlas, tags: Mapping[str, str], entry: Entry) -> Iterator[tuple[str, str]]:
    say = atlas.words.gettext
    yield say("Authors"), ", ".join(entry.authors)
    yield say("Date"), calendars.iso_day(entry.date)
    yield say("Published"), str(entry.published or "")
    yield say("Updated"), str(entry.updated or "")
    yield say("Venue"), entry.venue
    yield say("Links"), ", ".join(_link(link.text, link.href) for link in world_links(atlas, entry))
    yield say("Tags"), ", ".join([tags[tag] for tag in entry.tags])
    yield say("Licence"), entry.license or atlas.settings.license
    yield say("Permalink"), atlas.permalink(entry.url)


def _whole_links(atlas: Atlas, entry: Entry) -> str:
    """The body with the links that stay within the site as permalinks; what cannot be found where it is said stays."""
    by_line: dict[int, list[LocalLink]] = defaultdict(list)
    prose = atlas.prose_of(entry)
    for link in prose.links:
        by_line[link.line - entry.body_line].append(link)
    if not by_line:
        return prose.markdown
    lines = prose.markdown.split("\n")
    for number, links in by_line.items():
        for link in sorted(links, key=lambda link: -link.column):
            start = link.column - 1
            if 0 <= number < len(lines) and lines[number].startswith(link.target, start) and link.target:
                line, whole = lines[number], world_address(atlas, entry, link.target) or link.target
                lines[number] = line[:start] + whole.translate(_CLOSERS) + line[start + len(link.target) :]
    return "\n".join(lines)


def _write_llms(atlas: Atlas, tags: Mapping[str, str]) -> str:
    """What the site is, its newest entries, its lists; `Optional` is a word of the format."""
    settings, say = atlas.settings, atlas.words.gettext
    twins = settings.markdown_twins
    parts = [f"# {' '.join(settings.title.split())}"]
    if settings.description:
        parts.append(f"> {' '.join(settings.description.split())}")
    if twins:
        parts.append(say("Every entry is also there as Markdown: add index.md to its address."))
    newest = [_tell_entry(atlas, entry) for entry in islice(atlas.site.entries, _NEWEST)]
    parts.append("\n".join((f"## {say('Newest entries')}\n", *newest)))
    lists = [(say("Archive"), at.ARCHIVE), (say("Tags"), at.TAGS)]
    lists += [(say("Authors"), at.AUTHORS)] if atlas.author_urls else []
    lists += [(say("Venues"), at.VENUES)] if atlas.venue_urls else []
    lists += [(say("Subscribe"), at.SUBSCRIBE)] if settings.feeds else []
    lists += [(at.EXPORTS[form][0], at.export_url(at.HOME, form)) for form in settings.exports]
    parts.append(
        "\n".join((f"## {say('Lists')}\n", *(f"- {_link(text, atlas.permalink(url))}" for text, url in lists)))
    )
    most_used = sorted(atlas.site.by_tag, key=lambda tag: -len(atlas.site.by_tag[tag]))[:_MOST_TAGS]
    if most_used:
        parts.append("\n".join(("## Optional\n", *(f"- {tags[tag]}" for tag in most_used))))
    return "\n\n".join(parts) + "\n"


def _tell_entry(atlas: Atlas, entry: Entry) -> str:
    address = atlas.permalink(entry.url + at.TWIN if atlas.settings.markdown_twins else entry.url)
    title = atlas.title_of(entry)
    others = " et al." if len(entry.authors) > 3 else ""
    about = [", ".join(entry.authors[:3]) + others, calendars.iso_day(entry.date)]
    return f"- {_link(title, address)}: {'; '.join(filter(None, about))}"


def _link(text: str, address: str) -> str:
    shown = _BRACKETS.sub(r"\\\g<0>", " ".join(text.split()))
    return f"[{shown}]({address.translate(_CLOSERS)})"


def _link_tag(atlas: Atlas, tag: str) -> str:
    url = atlas.tag_urls.get(atlas.slugs[tag])
    return _link(tag, atlas.permalink(url)) if url else tag
