"""A document to the files that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.formats import sitemap, urls
from digest.model import (
    Artifact,
    Export,
    Feed,
    Output,
    PluginPage,
    Problem,
    Redirect,
    SearchIndex,
    Sitemap,
    SocialCard,
    StaticFile,
    TextFile,
    Theme,
)
from digest.rendering.themes import REDIRECT_TEMPLATE
from digest.rendering.tightening import tighten

if TYPE_CHECKING:
    from digest.rendering.exports import ExportWriter
    from digest.rendering.feeds import FeedWriter
    from digest.rendering.templates import Templates


class Renderer:
    """Renders the documents of a site, one after another, in one process; what several of them show is made once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._own = frozenset(file.url for file in theme.static)
        self._feeds: FeedWriter | None = None
        self._exports: ExportWriter | None = None
        self._templates: Templates | None = None

    def __reduce__(self) -> tuple[type[Renderer], tuple[Theme]]:
        """On another machine it begins anew."""
        return Renderer, (self._theme,)

    def prepare(self) -> Templates:
        """The templates of the theme, compiled: once, before processes part.

        Raises:
            ProblemError: DG602 for every template that is not well formed.
        """
        if self._templates is None:
            from digest.rendering.templates import compile_templates  # noqa: PLC0415 - heavy: where a page is rendered

            self._templates = compile_templates(self._theme)
        return self._templates

    def render(self, artifact: Artifact) -> tuple[Output, ...]:
        """The files of a document; nearly all are one.

        Raises:
            ProblemError: DG602 for a place of a template that fails, DG404 for every fault of a feed, DG203 where what
                draws pictures is not installed.
        """
        match artifact:
            case Feed():
                return (self._render_feed(artifact),)
            case Export():
                return (self._render_export(artifact),)
            case TextFile():
                return (Output(urls.output_path(artifact.url), artifact.text.encode()),)
            case StaticFile():
                file = tighten(artifact) if artifact.url in self._own else artifact
                return (Output(urls.output_path(file.url), file.data),)
            case Sitemap():
                return (Output(artifact.url[1:], sitemap.write_sitemap(artifact)),)
            case SearchIndex():
                from digest.rendering.search_index import write_search_index  # noqa: PLC0415 - for few sites and builds

                written = write_search_index(artifact)
                return tuple(Output(f"{artifact.url[1:]}{name}", data) for name, data in written)
            case SocialCard():
                from digest.rendering.social_cards import draw_card, load_card_fonts  # noqa: PLC0415 - likewise

                files = draw_card(artifact, load_card_fonts(artifact.fonts))
                return tuple(Output(artifact.url[1:], data) for data in files.values())
            case Redirect():
                text = self.prepare().render(REDIRECT_TEMPLATE, {"redirect": artifact})
            case PluginPage():
                text = self.prepare().render(artifact.layout, {"page": artifact, "site": artifact.masthead})
            case _:
                text = self.prepare().render(artifact.template, {"page": artifact, "site": artifact.masthead})
        return (Output(urls.output_path(artifact.url), _end(text).encode()),)

    def renew(
        self, index: SearchIndex, marks: tuple[bytes, ...], paths: Iterable[str], read: Callable[[str], bytes]
    ) -> Iterator[tuple[str, bytes | None]]:
        """The files of an index by their paths, one after another; those without bytes are as they were.

        An earlier one had these marks and these paths, if there was one. What `read` raises goes on.
        """
        from digest.rendering.search_index import write_search_index  # noqa: PLC0415 - for few sites and builds
        from digest.rendering.search_renewal import KeptIndex, NoSuchIndex, renew_search_index  # noqa: PLC0415 - likewise

        folder = index.url[1:]
        names = frozenset(path.removeprefix(folder) for path in paths)
        frame, roll, *_ = (*marks, b"", b"")
        files: Iterable[tuple[str, bytes | None]]
        try:
            files = renew_search_index(index, KeptIndex(frame, roll, names, lambda name: read(f"{folder}{name}")))
        except NoSuchIndex:
            files = write_search_index(index)
        return ((f"{folder}{name}", data) for name, data in files)

    def _render_feed(self, feed: Feed) -> Output:
        if self._feeds is None:
            from digest.rendering.feeds import FeedWriter  # noqa: PLC0415 - heavy: an edit of old entries is in no feed

            self._feeds = FeedWriter()
        return self._feeds.render(feed)

    def _render_export(self, export: Export) -> Output:
        if self._exports is None:
            from digest.rendering.exports import ExportWriter  # noqa: PLC0415 - heavy: an edit may change none

            self._exports = ExportWriter()
        return self._exports.render(export)


def _end(text: str) -> str:
    """A text without blanks around it, but for the end of its last line; most are so, and not copied."""
    is_so = text[-1:] == "\n" and not text[:1].isspace() and not text[-2:-1].isspace()
    return text if is_so else text.strip() + "\n"


def name_pages(problem: Problem, urls: Sequence[str]) -> Problem:
    """A problem of a template, with the pages on which it was met; any other as it is."""
    if problem.code not in {"DG602", "DG812"}:
        return problem
    others = f" and {len(urls) - 1} more" if len(urls) > 1 else ""
    return replace(problem, message=f"{problem.message} (page {urls[0]}{others})")
