"""Bodies to prose, each alone."""

from __future__ import annotations

from functools import lru_cache

from digest.formats import markdown
from digest.formats.formulas import Formulas
from digest.formats.tex_macros import Macros, read_macros
from digest.formats.titles import compile_title
from digest.model import Dialect, Entry, PageFile, Prose


def compile_prose(source: Entry | PageFile, dialect: Dialect = Dialect()) -> Prose:
    """The body and the title of an entry or page, compiled; links and problems have places in the file.

    The `summary` of an entry, where it has one, is its excerpt.
    """
    macros = _macros_of(dialect)
    summary = source.summary if isinstance(source, Entry) else ""
    prose = markdown.compile_body(
        source.body, first_line=source.body_line, path=source.path, macros=macros, excerpt=not summary
    )
    formulas = Formulas(macros)
    title, title_text = compile_title(source.title, formulas)
    problems = prose.problems
    if formulas.faults:
        problems += formulas.problems(source.title, source.path, *source.title_at)
    excerpt = prose.excerpt
    if isinstance(source, Entry) and summary:
        excerpt, found = markdown.compile_excerpt(
            summary, first_line=source.summary_line, path=source.path, macros=macros
        )
        problems += found
    return Prose(  # `replace` would take six times as long
        html=prose.html,
        excerpt=excerpt,
        text=prose.text,
        toc=prose.toc,
        links=prose.links,
        words=prose.words,
        title=title,
        title_text=title_text,
        problems=problems,
        markdown=source.body if dialect.twins else "",
    )


@lru_cache(maxsize=16)
def _macros_of(dialect: Dialect) -> Macros:
    return read_macros(dialect.macros)
