"""Templates: Jinja2, kept to what a theme needs.

A template sees `page` (or `redirect`) and `site`, the page's masthead, and nothing else: no settings, no files, no
clock. Fields of type `Html` are written as they are; every other text is escaped, and there is no `safe` filter. What
is undefined, and what is neither text nor a number, stops the build with its place. Templates come with a site, which
may be somebody else's: they run in a sandbox. All filters are in `FILTERS`, all globals in `GLOBALS`.

A name means the nearest template of that name: that of the theme itself, else of its parent, and so on. A name after
`parent/` passes over the theme in which it is written. A template whose name ends with `.txt` is plain text: nothing
is escaped there.
"""

# This module loads Jinja2, so it is itself imported only where a page is rendered.
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Final, get_type_hints

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from digest.model import Catalogue, Html, Problem, ProblemError, Span, TemplateFolder, Theme
from digest.rendering.theme_files import suggest

FILTERS: Final = frozenset({
    "batch", "capitalize", "default", "first", "int", "join", "last", "length", "list", "lower", "map", "reject",
    "rejectattr", "replace", "reverse", "select", "selectattr", "sum", "title", "trim", "truncate", "unique", "upper",
})  # fmt: skip
GLOBALS: Final = frozenset({"namespace"})  # and `once`, and the words of the interface: `_` and `ngettext`
PARENT: Final = "parent/"  # before the name of a template
_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s")
_WRITABLE: Final = frozenset({str, int, Markup})  # asked first, as nearly all values are of these


@dataclass(frozen=True, slots=True)
class Shelves:
    """The templates of a theme and of its ancestors, nearest first.

    Within, `base.html` is the nearest template of that name; `parent/base.html` the one of the first ancestor itself.
    """

    rows: tuple[TemplateFolder, ...]

    @property
    def folders(self) -> tuple[str, ...]:
        """What the places of templates begin with."""
        return tuple(f"{row.folder}/templates/" for row in self.rows)

    def names(self) -> list[str]:
        """Every name, in order."""
        return sorted({name for row in self.rows for name in row.templates})

    def row_of(self, name: str) -> int:
        """Which row a name leads to; that after the last where none has it."""
        rows = len(self.rows)
        if name.startswith(PARENT):
            return min(name.count(PARENT), rows)
        return next((row for row in range(rows) if name in self.rows[row].templates), rows)

    def place_of(self, name: str) -> str:
        """The file that a name leads to."""
        row = self.rows[self.row_of(name) % len(self.rows)]
        return f"{row.folder}/templates/{name.replace(PARENT, '')}"

    def follow(self, name: str, source: str) -> str:
        """What a name means that is written in the template `source`."""
        if not name.startswith(PARENT):
            return name
        bare = name.removeprefix(PARENT)
        above = range(self.row_of(source) + 1, len(self.rows))
        row = next((row for row in above if bare in self.rows[row].templates), 0)
        return PARENT * row + bare if row else name

    def load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """A template as Jinja2 loads it: text, file, and that it does not change."""
        row, bare = self.row_of(name), name.replace(PARENT, "")
        if row == len(self.rows) or bare not in self.rows[row].templates:
            return None
        return self.rows[row].templates[bare], self.place_of(name), lambda: True


class Templates:
    """The compiled templates of a theme."""

    def __init__(self, shelves: Shelves, words: Catalogue) -> None:
        """Compile all that are the nearest of their name.

        Raises:
            ProblemError: DG602 for every template that is not well formed.
        """
        self._shelves = shelves
        self._environment = _Environment(shelves, words)
        self._compiled: dict[str, Template] = {}
        problems = []
        plain = {"_": words.gettext, "ngettext": words.ngettext}
        for name in shelves.names():
            try:
                spoken = None if _is_markup(name) else plain
                self._compiled[name] = self._environment.get_template(name, globals=spoken)
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

    def forget(self) -> None:
        """Let go of what was written `once`: the values of another build are others."""
        self._environment.written.clear()

    def _report(self, error: Exception, name: str) -> Problem:
        place, line = _innermost_place(error, self._shelves.folders) or (self._shelves.place_of(name), 1)
        message = getattr(error, "message", None) or str(error) or type(error).__name__
        hint = "templates know the fields of their page, and nothing else: themes/README.md of digest tells which"
        if isinstance(error, TemplateNotFound):
            message, hint = f"there is no template {error.name!r}", "write it, or delete the line that names it"
            if error.name and error.name.startswith(PARENT):
                hint = "no ancestor of the theme has it: see `parent` in its theme.yml"
        elif isinstance(error, TemplateSyntaxError):
            hint = "templates are written as https://jinja.palletsprojects.com/templates tells, with fewer filters"
        return Problem("error", "DG602", message.rstrip("."), Span(place, line), hint)


def compile_templates(theme: Theme) -> Templates:
    """The compiled templates of a theme; a preview renders the same ones again and again, so the last are kept.

    Raises:
        ProblemError: DG602 for every template that is not well formed.
    """
    own = TemplateFolder(theme.folder or theme.name, theme.templates)
    wanted = (Shelves((own, *theme.ancestors)), theme.words)
    last = _COMPILED[-1:]
    if not last or last[0][0] != wanted:
        _COMPILED[:] = [(wanted, Templates(*wanted))]
    return _COMPILED[-1][1]


_COMPILED: Final[list[tuple[tuple[Shelves, Catalogue], Templates]]] = []


class _Generator(CodeGenerator):
    """Has a value checked, escaped and written by one call; Jinja2 makes three, and an object for each text."""

    def _output_child_pre(self, _: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002 - as Jinja2 calls it
        self.write("environment.write_markup(" if frame.eval_ctx.autoescape else "environment.write_plain(")

    def _output_child_post(self, *_: object) -> None:
        self.write(")")


class _Environment(ImmutableSandboxedEnvironment):
    """Hands out the declared fields of dataclasses only, and knows which of them are HTML."""

    code_generator_class = _Generator

    def __init__(self, shelves: Shelves, words: Catalogue) -> None:
        super().__init__(
            loader=FunctionLoader(shelves.load),
            autoescape=_is_markup,
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
        self.globals |= {**_interface(words), "once": self.write_once}
        self._contracts: dict[type, dict[str, bool] | None] = {}
        self._shelves = shelves
        self._words = words
        self.written: dict[tuple[object, ...], tuple[str, tuple[object, ...]]] = {}  # and the values, so that they live

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """What Jinja2 reads in a template, with the words of the interface put in."""
        template = super()._parse(source, name, filename)
        _Interpreter(self._words, markup=_is_markup(name)).visit(template)
        return template

    def join_path(self, template: str, parent: str) -> str:
        """What a name means in the template that writes it, which Jinja2 calls its parent."""
        return self._shelves.follow(template, parent)

    def call(self, context: Context, obj: object, /, *args: object, **kwargs: object) -> object:
        """What a template calls, if the sandbox lets it; a macro is a template's own, so there is nothing to ask."""
        if type(obj) is Macro:
            return context.call(obj, *args, **kwargs)
        return super().call(context, obj, *args, **kwargs)

    def write_once(self, macro: Macro, *values: object) -> str:
        """What `macro` writes of the values, rendered once a build: a card is the same on whatever page it stands."""
        if type(macro) is not Macro:
            raise TypeError("once() takes a macro, and the values that it is to be called with")
        # Texts that are equal are the same; a value of a page is the same as itself, and asking that costs nothing.
        marks = ((type(value), value) if isinstance(value, str) else id(value) for value in values)
        key = (id(macro), *marks)
        if key not in self.written:
            self.written[key] = (macro(*values), (macro, *values))
        return self.written[key][0]

    @staticmethod
    def write_markup(value: object) -> str:
        """A value as it stands in HTML."""
        if isinstance(value, Markup):
            return value
        if type(value) is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
            return value  # nearly all: a tenth of the time
        return escape(_check_writable(value))

    @staticmethod
    def write_plain(value: object) -> str:
        """A value as it stands in plain text."""
        return str(_check_writable(value))

    def getattr(self, obj: object, attribute: str) -> object:
        """A field of a dataclass; of anything else what the sandbox allows."""
        kind = type(obj)
        contract = self._contracts[kind] if kind in self._contracts else self._learn(kind)
        if contract is None:
            return super().getattr(obj, attribute)
        if attribute not in contract:
            near = suggest(attribute, contract).rstrip()
            fault = f"a {kind.__name__} has no field {attribute!r}" + (f": {near}" if near else "")
            return self.undefined(fault, obj, attribute)
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


class _Interpreter(NodeTransformer):
    """Puts words into a template before it is compiled: called for, each would cost ten microseconds on every page.

    A sentence that is written with values becomes its pieces and the values between. Plurals are left to be called for.
    """

    def __init__(self, words: Catalogue, *, markup: bool) -> None:
        self._words = words
        self._markup = markup

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - a name of Jinja2
        """Words among what is written."""
        node.nodes = [piece for child in node.nodes for piece in self._split(child) or [self.visit(child)]]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - a name of Jinja2
        """Words that are handed on."""
        pieces = [] if node.kwargs else self._split(node)
        return pieces[0] if pieces else self.generic_visit(node)

    def _split(self, node: nodes.Node) -> list[nodes.Expr]:
        """The pieces of a text that a node calls for; none where it does something else."""
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return []
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const) or node.dyn_args or node.dyn_kwargs:
            return []
        text, values = self._words.gettext(node.args[0].value), {pair.key: pair.value for pair in node.kwargs}
        if not values:
            return [self._write(text, node)]
        parts = _PLACEHOLDER.split(text)  # texts and names in turn
        if not values.keys() >= set(parts[1::2]) or any("%" in part.replace("%%", "") for part in parts[::2]):
            return []  # it fails when it is called, and says where
        pieces = [self._write(part.replace("%%", "%"), node) for part in parts]
        pieces[1::2] = [self.visit(values[name]) for name in parts[1::2]]
        return pieces

    def _write(self, text: str, node: nodes.Node) -> nodes.Expr:
        const = nodes.Const(str(Markup.escape(text)) if self._markup else text, lineno=node.lineno)
        return nodes.MarkSafe(const, lineno=node.lineno) if self._markup else const


def _interface(words: Catalogue) -> dict[str, Callable[..., Markup]]:
    """`_` and `ngettext` for templates: texts and values are escaped, a value that is HTML (a link) stays as it is."""

    def gettext(english: str, **values: object) -> Markup:
        text = Markup.escape(words.gettext(english))
        return text % _writable_values(values) if values else text

    def ngettext(one: str, many: str, number: int, **values: object) -> Markup:
        text = Markup.escape(words.plural_form(one, many, number))
        return text % _writable_values({"number": number, **values})

    return {"_": gettext, "ngettext": ngettext}


def _is_markup(name: str | None) -> bool:
    """Whether texts are escaped in a template."""
    return name is None or not name.endswith(".txt")


def _check_writable(value: object) -> object:
    """Only texts and numbers are written: a value or `None` on a page is a slip of the template."""
    if type(value) in _WRITABLE or isinstance(value, (str, Undefined)):
        return value
    raise TypeError(f"a template cannot write {'nothing' if value is None else f'a {type(value).__name__}'}")


def _writable_values(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _check_writable(value) for name, value in values.items()}


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
