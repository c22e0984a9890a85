"""What is told of an entry when it is compiled, so that nobody has to load its body to plan the site."""

from __future__ import annotations

from html import escape
from typing import Final

from digest.formats import html as markup
from digest.formats import urls
from digest.model import Dialect, Entry, Gist, LocalLink, PageFile, Prose
from digest.planning.marks import mark
from digest.planning.references import make_stem
from digest.planning.related import code_terms
from digest.planning.summaries import reading_minutes

_EVERYTHING: Final = Dialect()


def make_gist(source: Entry | PageFile, prose: Prose, head: bytes, dialect: Dialect = _EVERYTHING) -> Gist:
    """The gist of an entry or page, of whose file `head` is what is not its body; it tells what the dialect wants."""
    complete = prose.excerpt.strip() == prose.html.strip()
    told = mark(head, f"{source.key} {reading_minutes(prose.words)}", prose.title, prose.title_text)
    return Gist(
        title_text=prose.title_text if prose.title_text != source.title else "",
        words=prose.words,
        links=(*prose.links, *_list_links(source, prose)) if isinstance(source, Entry) else prose.links,
        stem=make_stem(source, prose) if dialect.cited and isinstance(source, Entry) else "",
        terms=code_terms(source, prose) if dialect.related and isinstance(source, Entry) else b"",
        card=mark(told, prose.excerpt, f"{complete}"),
        head=told,
        title=prose.title if prose.title != escape(source.title, quote=False) else "",
    )


def _list_links(entry: Entry, prose: Prose) -> list[LocalLink]:
    """The links of a summary that stay within the site, at its line: lists show it, and no body has them."""
    if not entry.summary or '="' not in prose.excerpt:
        return []
    found: list[str] = []

    def note(target: str) -> str:
        found.append(target)
        return target

    markup.rewrite_urls(prose.excerpt, note)
    return [LocalLink(target, entry.summary_line, 1) for target in found if target and not urls.is_absolute(target)]
