"""A document to the files that it stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.formats import citations, sitemap, urls
from digest.model import (
    Artifact,
    Export,
    Feed,
    Output,
    Problem,
    Redirect,
    SearchIndex,
    Sitemap,
    SocialCard,
    StaticFile,
    TextFile,
    Theme,
)
from digest.rendering.feeds import render_feeds
from digest.rendering.search_index import write_search_index
from digest.rendering.social_cards import draw_card, load_card_fonts
from digest.rendering.themes import REDIRECT_TEMPLATE

if TYPE_CHECKING:
    from digest.rendering.templates import Templates


class Renderer:
    """Renders the documents of a site, one after another, in one process."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._templates: Templates | None = None

    def render(self, artifact: Artifact) -> tuple[Output, ...]:
        """The files of a document; nearly all are one.

        Raises:
            ProblemError: DG602 for a place of a template that fails, DG404 for every fault of a feed, DG203 where what
                draws pictures is not installed.
        """
        match artifact:
            case Feed():
                return tuple(render_feeds([artifact]))
            case Export():
                return tuple(
                    Output(urls.output_path(url), data) for url, data in citations.write_exports([artifact])
                )
            case TextFile():
                return (Output(urls.output_path(artifact.url), artifact.text.encode()),)
            case StaticFile():
                return (Output(urls.output_path(artifact.url), artifact.data),)
            case Sitemap():
                return (Output(artifact.url[1:], sitemap.write_sitemap(artifact)),)
            case SearchIndex():
                files = write_search_index(artifact.records)
                return tuple(Output(f"{artifact.url[1:]}{name}", data) for name, data in files.items())
            case SocialCard():
                files = draw_card(artifact, load_card_fonts(artifact.fonts))
                return tuple(Output(artifact.url[1:], data) for data in files.values())
            case Redirect():
                text = self._compiled().render(REDIRECT_TEMPLATE, {"redirect": artifact})
            case _:
                text = self._compiled().render(artifact.template, {"page": artifact, "site": artifact.masthead})
        return (Output(urls.output_path(artifact.url), (text.strip() + "\n").encode()),)

    def _compiled(self) -> Templates:
        from digest.rendering.templates import compile_templates  # noqa: PLC0415 - heavy: where a page is rendered

        self._templates = self._templates or compile_templates(self._theme)
        return self._templates


def name_pages(problem: Problem, urls: list[str]) -> Problem:
    """A problem of a template, with the pages on which it was met."""
    others = f" and {len(urls) - 1} more" if len(urls) > 1 else ""
    return replace(problem, message=f"{problem.message} (page {urls[0]}{others})")
