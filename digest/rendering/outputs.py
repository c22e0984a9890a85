"""A plan to the files that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.formats import citations, sitemap, urls
from digest.model import Output, Page, Plan, Problem, ProblemError, Redirect, Theme
from digest.rendering.feeds import render_feeds
from digest.rendering.themes import REDIRECT_TEMPLATE

if TYPE_CHECKING:
    from digest.rendering.templates import Templates


def render_plan(plan: Plan, theme: Theme) -> tuple[Output, ...]:
    """Every file of the site, in the order of the plan.

    Raises:
        ProblemError: DG602 for every place of a template that fails, with the first page it fails on; DG404 for every
            fault of a feed.
    """
    from digest.rendering.templates import compile_templates  # noqa: PLC0415 - heavy: loaded by the command that renders

    return (
        *_render_documents(plan, compile_templates(theme)),
        *render_feeds(plan.feeds),
        *(Output(urls.output_path(url), data) for url, data in citations.write_exports(plan.exports)),
        *(Output(urls.output_path(text.url), text.text.encode()) for text in plan.texts),
        *(Output(path, data) for path, data in sitemap.write_sitemap(plan.sitemap, plan.root).items()),
        *(Output(urls.output_path(file.url), file.data) for file in (*theme.static, *plan.static)),
        Output("robots.txt", plan.robots.encode()),
        Output(".nojekyll", b""),  # GitHub would run the site through Jekyll, which drops what starts with `_`
    )


def _render_documents(plan: Plan, templates: Templates) -> Iterator[Output]:
    """Pages and redirects; problems are gathered over all of them, each place of a template once."""
    outputs: list[Output] = []
    failures: dict[Problem, list[str]] = {}
    for document in (*plan.pages, *plan.redirects):
        try:
            outputs.append(_render_document(document, templates))
        except ProblemError as error:
            for problem in error.problems:
                failures.setdefault(problem, []).append(document.url)
    templates.forget()
    if failures:
        raise ProblemError(_name_pages(problem, urls) for problem, urls in failures.items())
    yield from outputs


def _render_document(document: Page | Redirect, templates: Templates) -> Output:
    if isinstance(document, Redirect):
        text = templates.render(REDIRECT_TEMPLATE, {"redirect": document})
    else:
        text = templates.render(document.template, {"page": document, "site": document.masthead})
    return Output(urls.output_path(document.url), (text.strip() + "\n").encode())


def _name_pages(problem: Problem, urls: list[str]) -> Problem:
    others = f" and {len(urls) - 1} more" if len(urls) > 1 else ""
    return replace(problem, message=f"{problem.message} (page {urls[0]}{others})")
