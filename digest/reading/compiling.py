"""Bodies to prose, each alone."""

from __future__ import annotations

import json
from functools import lru_cache, partial

from digest.formats import markdown
from digest.formats.formulas import Formulas
from digest.formats.markdown_extensions import MarkdownExtension
from digest.formats.tex_macros import Macros, read_macros
from digest.formats.titles import compile_title
from digest.model import Dialect, Entry, PageFile, Plugin, PluginChoice, ProblemError, Prose, Span, replace
from digest.plugins import blame, find_culprit, load_chosen


def compile_prose(source: Entry | PageFile, dialect: Dialect = Dialect()) -> Prose:
    """The body and the title of an entry or page, compiled; links and problems have places in the file.

    The `summary` of an entry, where it has one, is its excerpt.

    Raises:
        ProblemError: DG811, DG812 where a plugin that extends Markdown cannot be used, or fails over it.
    """
    macros = _read_macros(dialect.macros)
    if not dialect.extensions:
        return _compile(source, dialect, macros, ())
    extensions = load_extensions(dialect)
    try:
        return _compile(source, dialect, macros, extensions)
    except Exception as error:
        plugin, _ = _find_culprit(dialect, error)
        raise ProblemError([blame(plugin, f"over {source.path}", error, Span(source.path))]) from error


def compile_titles(source: Entry | PageFile, dialect: Dialect) -> tuple[str, str]:
    """The title of an entry or page alone, as HTML and as plain text: the same as in its prose."""
    return compile_title(source.title, Formulas(_read_macros(dialect.macros)))


def _compile(source: Entry | PageFile, dialect: Dialect, macros: Macros, extensions: markdown.Extensions) -> Prose:
    summary = source.summary if isinstance(source, Entry) else ""
    prose = markdown.compile_body(
        source.body,
        first_line=source.body_line,
        path=source.path,
        macros=macros,
        excerpt=not summary,
        clean=True,
        extensions=extensions,
    )
    formulas = Formulas(macros)
    title, title_text = compile_title(source.title, formulas)
    problems = prose.problems
    if formulas.faults:
        problems += formulas.problems(source.title, source.path, *source.title_at)
    excerpt = prose.excerpt
    if isinstance(source, Entry) and summary:
        excerpt, found = markdown.compile_excerpt(
            summary,
            first_line=source.summary_line,
            path=source.path,
            macros=macros,
            clean=True,
            extensions=extensions,
        )
        problems += found
    return replace(
        prose,
        excerpt=excerpt,
        title=title,
        title_text=title_text,
        problems=problems,
        markdown=source.body if dialect.twins else "",
    )


_read_macros = lru_cache(maxsize=16)(read_macros)


@lru_cache(maxsize=16)
def load_extensions(dialect: Dialect) -> markdown.Extensions:
    """What plugins add to Markdown, tried on a body without text: what fails there would fail over each.

    Raises:
        ProblemError: DG811, DG812.
    """
    extensions = tuple(
        MarkdownExtension(choice.name, partial(load_chosen("markdown", choice)[1], **json.loads(choice.options)))
        for choice in dialect.extensions
    )
    try:
        markdown.compile_body("", first_line=1, extensions=extensions)
    except Exception as error:
        plugin, choice = _find_culprit(dialect, error)
        raise ProblemError([blame(plugin, "to extend Markdown", error, choice.span)]) from error
    return extensions


def _find_culprit(dialect: Dialect, error: Exception) -> tuple[Plugin, PluginChoice]:
    """The plugin whose code an exception last went through; else the last that was added."""
    plugins = {load_chosen("markdown", choice)[0]: choice for choice in dialect.extensions}
    culprit = find_culprit(plugins, error) or list(plugins)[-1]
    return culprit, plugins[culprit]
