"""Templates: Jinja2, kept to what a theme needs.

A template sees `page` (or `redirect`) and `site`, the page's masthead, and nothing else: no settings, no files, no
clock. Fields of type `Html` are written as they are; every other text is escaped, and there is no `safe` filter. What
is undefined, and what is neither text nor a number, stops the build with its place. Templates come with a site, which
may be somebody else's: they run in a sandbox. All filters are in `FILTERS`; the only global is `namespace`.
"""

# This module loads Jinja2, so it is itself imported only where a page is rendered.
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Final, get_type_hints

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from digest.model import Catalogue, Html, Problem, ProblemError, Span, Theme

FILTERS: Final = frozenset({
    "batch", "capitalize", "default", "first", "int", "join", "last", "length", "list", "lower", "map", "reject",
    "rejectattr", "replace", "reverse", "select", "selectattr", "sum", "title", "trim", "truncate", "unique", "upper",
})  # fmt: skip
GLOBALS: Final = frozenset({"namespace"})  # and the words of the interface: `_` and `ngettext`
_WRITABLE: Final = frozenset({str, int, Markup})  # asked first, as nearly all values are of these


class Templates:
    """The compiled templates of a theme."""

    def __init__(self, templates: Mapping[str, str], folder: str, words: Catalogue) -> None:
        """Compile all of them; `folder` is where their problems are said to be.

        Raises:
            ProblemError: DG602 for every template that is not well formed.
        """
        self._folder = folder
        self._environment = _Environment(templates, folder, words)
        self._compiled: dict[str, Template] = {}
        problems = []
        for name in sorted(templates):
            try:
                self._compiled[name] = self._environment.get_template(name)
            except TemplateSyntaxError as error:
                problems.append(self._report(error, name))
        if problems:
            raise ProblemError(problems)

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The text that a template makes of the values.

        Raises:
            ProblemError: DG602 with the template and the line that failed.
        """
        try:
            return self._compiled[name].render(values)
        except Exception as error:
            # The values are whole, so whatever goes wrong in here is the template's fault.
            raise ProblemError([self._report(error, name)]) from error

    def _report(self, error: Exception, name: str) -> Problem:
        place, line = _innermost_place(error, f"{self._folder}/") or (f"{self._folder}/{name}", 1)
        message = getattr(error, "message", None) or str(error) or type(error).__name__
        hint = "see how the default theme does it: templates know the fields of their page, and nothing else"
        if isinstance(error, TemplateNotFound):
            message, hint = f"there is no template {error.name!r}", "write it, or delete the line that names it"
        elif isinstance(error, TemplateSyntaxError):
            hint = "templates are written as https://jinja.palletsprojects.com/templates tells, with fewer filters"
        return Problem("error", "DG602", message.rstrip("."), Span(place, line), hint)


def compile_templates(theme: Theme) -> Templates:
    """The compiled templates of a theme; a preview renders the same ones again and again, so the last are kept.

    Raises:
        ProblemError: DG602 for every template that is not well formed.
    """
    folder = f"{theme.folder}/templates" if theme.folder else theme.name
    wanted = (folder, theme.templates, theme.words)
    last = _COMPILED[-1:]
    if not last or last[0][0] != wanted:
        _COMPILED[:] = [(wanted, Templates(theme.templates, folder, theme.words))]
    return _COMPILED[-1][1]


_COMPILED: Final[list[tuple[tuple[str, Mapping[str, str], Catalogue], Templates]]] = []


class _Environment(ImmutableSandboxedEnvironment):
    """Hands out the declared fields of dataclasses only, and knows which of them are HTML."""

    def __init__(self, templates: Mapping[str, str], folder: str, words: Catalogue) -> None:
        super().__init__(
            loader=FunctionLoader(
                lambda name: (templates[name], f"{folder}/{name}", lambda: True) if name in templates else None
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
            cache_size=-1,
            finalize=_check_writable,
        )
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.globals = {name: self.globals[name] for name in GLOBALS}
        self.globals |= _interface(words)
        self._contracts: dict[type, dict[str, bool] | None] = {}

    def getattr(self, obj: object, attribute: str) -> object:
        """A field of a dataclass; of anything else what the sandbox allows."""
        kind = type(obj)
        contract = self._contracts[kind] if kind in self._contracts else self._learn(kind)
        if contract is None:
            return super().getattr(obj, attribute)
        if attribute not in contract:
            return self.undefined(obj=obj, name=attribute)
        value = getattr(obj, attribute)
        return Markup(value) if contract[attribute] else value  # noqa: S704 - Html is clean by contract of the model

    def getitem(self, obj: object, argument: object) -> object:
        """`page["title"]` is `page.title`; filters ask this way."""
        if isinstance(argument, str) and is_dataclass(obj):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def _learn(self, kind: type) -> dict[str, bool] | None:
        """The fields of a dataclass, each with whether it is `Html`."""
        contract = None
        if is_dataclass(kind):
            hints = get_type_hints(kind)
            contract = {field.name: hints[field.name] is Html for field in fields(kind)}
        self._contracts[kind] = contract
        return contract


def _interface(words: Catalogue) -> dict[str, Callable[..., Markup]]:
    """`_` and `ngettext` for templates: texts and values are escaped, a value that is HTML (a link) stays as it is."""

    def gettext(english: str, **values: object) -> Markup:
        text = Markup.escape(words.gettext(english))
        return text % _writable_values(values) if values else text

    def ngettext(one: str, many: str, number: int, **values: object) -> Markup:
        text = Markup.escape(words.plural_form(one, many, number))
        return text % _writable_values({"number": number, **values})

    return {"_": gettext, "ngettext": ngettext}


def _check_writable(value: object) -> object:
    """Only texts and numbers are written: a value or `None` on a page is a slip of the template."""
    if type(value) in _WRITABLE or isinstance(value, (str, Undefined)):
        return value
    raise TypeError(f"a template cannot write {'nothing' if value is None else f'a {type(value).__name__}'}")


def _writable_values(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _check_writable(value) for name, value in values.items()}


def _innermost_place(error: Exception, folder: str) -> tuple[str, int] | None:
    """The template and line where an exception began; Jinja2 puts templates into the traceback."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno
    places = [place for place in _frames(error) if place[0].startswith(folder)]
    return places[-1] if places else None


def _frames(error: Exception) -> Iterator[tuple[str, int]]:
    trace = error.__traceback__
    while trace:
        yield Path(trace.tb_frame.f_code.co_filename).as_posix(), trace.tb_lineno
        trace = trace.tb_next
