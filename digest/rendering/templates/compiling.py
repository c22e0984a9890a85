"""The templates of a theme, compiled, and what is said when one goes wrong."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError

from digest.formats.patterns import lazily
from digest.model import Catalogue, Problem, ProblemError, Span, TemplateFolder, Theme, ThemeFilter, replace
from digest.rendering.templates.environment import Sandbox, is_markup
from digest.rendering.templates.keeping import Codes, keep_codes, key_of, recall_codes
from digest.rendering.templates.once import PARAMETER
from digest.rendering.templates.shelves import PARENT, Shelves

_OF_PARENT: Final = lazily(f"""["']({PARENT}[^"']+)["']""")
# What a template is told of that Jinja2 or Python cannot read: the last ones where it is nested too deeply.
_BEYOND: Final = (TemplateSyntaxError, SyntaxError, RecursionError, MemoryError)


class Templates:
    """The templates of a theme, ready to render."""

    def __init__(self, shelves: Shelves, words: Catalogue, filters: tuple[ThemeFilter, ...], codes: Codes) -> None:
        self._shelves = shelves
        self._environment = Sandbox(shelves, words, codes, filters)
        self._plain: dict[str, object] = {"_": words.gettext, "ngettext": words.ngettext}
        self._ready: dict[str, Template] = {}

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The text that a template makes of the values.

        Raises:
            ProblemError: DG602, of a plugin's filter DG812, with the template and the line that failed.
        """
        try:
            template = self._ready.get(name) or self._make_ready(name)
            return template.render(values)
        except Exception as error:
            # The values are whole, so whatever goes wrong in here is the template's fault.
            raise ProblemError([report(error, name, self._shelves)]) from error

    def _make_ready(self, name: str) -> Template:
        self._ready[name] = self._environment.get_template(name, globals=None if is_markup(name) else self._plain)
        return self._ready[name]


def compile_codes(shelves: Shelves, words: Catalogue, filters: tuple[ThemeFilter, ...] = ()) -> Codes:
    """All templates that are the nearest of their name, and those of ancestors that are asked for.

    Raises:
        ProblemError: DG602 for every one that is not well formed.
    """
    environment = Sandbox(shelves, words, {}, filters)
    codes: Codes = {}
    problems = []
    names = shelves.names()
    for name in names:
        text = shelves.text_of(name) or ""
        try:
            codes[name] = marshal.dumps(environment.compile(text, name, shelves.place_of(name)))
        except _BEYOND as error:
            problems.append(report(error, name, shelves))
        asked = {shelves.follow(found, name) for found in _OF_PARENT.findall(text)}
        names += sorted(found for found in asked.difference(names) if shelves.text_of(found) is not None)
    if problems:
        raise ProblemError(problems)
    return codes


def compile_templates(theme: Theme) -> Templates:
    """The compiled templates of a theme; a preview renders the same ones again and again, so the last are kept.

    Raises:
        ProblemError: DG602 for every template that is not well formed.
    """
    own = TemplateFolder(theme.folder or theme.name, theme.templates)
    wanted = (Shelves((own, *theme.ancestors)), theme.words, theme.filters)
    last = _COMPILED[-1:]
    if not last or last[0][0] != wanted:
        key = key_of(*wanted)
        codes = recall_codes(key)
        if codes is None:
            codes = compile_codes(*wanted)
            keep_codes(key, codes)
        _COMPILED[:] = [(wanted, Templates(*wanted, codes))]
    return _COMPILED[-1][1]


_COMPILED: Final[list[tuple[tuple[Shelves, Catalogue, tuple[ThemeFilter, ...]], Templates]]] = []


def report(error: Exception, name: str, shelves: Shelves) -> Problem:
    """DG602: what went wrong in a template, where it did."""
    place, line = _innermost_place(error, shelves.folders) or (shelves.place_of(name), 1)
    if isinstance(error, ProblemError):  # of a filter
        return replace(error.problems[0], span=Span(place, line))
    message = getattr(error, "message", None) or str(error) or type(error).__name__
    message = message.replace(PARAMETER, "")
    hint = "templates know the fields of their page, and nothing else: themes/README.md of digest tells which"
    if isinstance(error, TemplateNotFound):
        message, hint = f"there is no template {error.name!r}", "write it, or delete the line that names it"
        if error.name and error.name.startswith(PARENT):
            hint = "no ancestor of the theme has it: see `parent` in its theme.yml"
    elif isinstance(error, TemplateSyntaxError):
        hint = "templates are written as https://jinja.palletsprojects.com/templates tells, with fewer filters"
    return Problem("error", "DG602", message.rstrip("."), Span(place, line), hint)


def _innermost_place(error: Exception, folders: tuple[str, ...]) -> tuple[str, int] | None:
    """The template and line where an exception began; Jinja2 puts templates into the traceback."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno
    places = [place for place in _frames(error) if place[0].startswith(folders)]
    return places[-1] if places else None


def _frames(error: Exception) -> Iterator[tuple[str, int]]:
    trace = error.__traceback__
    while trace:
        yield Path(trace.tb_frame.f_code.co_filename).as_posix(), trace.tb_lineno
        trace = trace.tb_next
