"""The sandbox that templates run in."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import fields, is_dataclass
from functools import cached_property, partial
from typing import Final, get_type_hints

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from digest.model import Catalogue, Html, ThemeFilter, annotations_of
from digest.rendering.templates.filters import load_filters
from digest.rendering.templates.generating import Generator
from digest.rendering.templates.keeping import Codes
from digest.rendering.templates.loops import Loop
from digest.rendering.templates.once import PARAMETER, DirectMacro, Once, make_macro
from digest.rendering.templates.shelves import Shelves
from digest.rendering.templates.words import Interpreter, Plural, make_interface
from digest.rendering.templates.writing import check_writable, write_markup, write_plain
from digest.rendering.theme_files import suggest

FILTERS: Final = frozenset({
    "batch", "capitalize", "default", "first", "int", "join", "last", "length", "list", "lower", "map", "reject",
    "rejectattr", "replace", "reverse", "select", "selectattr", "sum", "title", "trim", "truncate", "unique", "upper",
})  # fmt: skip
GLOBALS: Final = frozenset({"namespace"})  # and `once`, and the words of the interface: `_` and `ngettext`


class _Context(Context):
    """What a page is rendered in: made for each, and without what hardly any asks for."""

    def __init__(  # as Jinja2 calls it; what it does itself is all here
        self,
        environment: Environment,
        parent: dict[str, object],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, object] | None = None,
    ) -> None:
        self.parent, self.vars, self.exported_vars = parent, {}, set()
        self.environment, self.name = environment, name
        self.globals_keys = set(globals) if globals else set()
        self.blocks = {name: [block] for name, block in blocks.items()}

    @cached_property
    def eval_ctx(self) -> nodes.EvalContext:  # type: ignore[override] # an attribute that is made when somebody asks
        """Whether texts are escaped."""
        return nodes.EvalContext(self.environment, self.name)


class Sandbox(ImmutableSandboxedEnvironment):
    """Hands out the declared fields of dataclasses only, and knows which of them are HTML."""

    code_generator_class = Generator
    context_class = _Context

    def __init__(self, shelves: Shelves, words: Catalogue, codes: Codes, filters: tuple[ThemeFilter, ...] = ()) -> None:
        """`codes` are templates that were compiled before, `filters` those of plugins."""
        super().__init__(
            loader=_Loader(shelves, codes),
            autoescape=is_markup,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
            cache_size=-1,
            finalize=check_writable,
        )
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters |= load_filters(filters, FILTERS)
        self.globals = {name: self.globals[name] for name in GLOBALS}
        self.globals |= {**make_interface(words), "once": Once()}
        self._contracts: dict[type, dict[str, bool] | None] = {}
        self._shelves = shelves
        self._words = words
        self._found: dict[tuple[str, str | None], Template] = {}
        self._modules: dict[tuple[str, str], TemplateModule] = {}
        # What the modules of templates ask for: see generating.py.
        self.d_functions = (write_markup, make_macro, frozenset({DirectMacro, Once, Plural}), Loop)
        self._types: defaultdict[str, tuple[set[type], set[type], set[type]]] = defaultdict(
            lambda: (set(), set(), set())
        )
        for name in Loop.HARMLESS:
            for types in self._types[name][::2]:
                types.add(Loop)
        self.types_with = self._types.__getitem__
        self.write_plain = write_plain

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """What Jinja2 reads in a template, with the words of the interface put in."""
        template = super()._parse(source, name, filename)
        Interpreter(self._words, markup=is_markup(name)).visit(template)
        return template

    def join_path(self, template: str, parent: str) -> str:
        """What a name means in the template that writes it, which Jinja2 calls its parent."""
        return self._shelves.follow(template, parent)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, object] | None = None
    ) -> Template:
        """The template of that name; every page asks for the same few."""
        if globals is not None or isinstance(name, Template):
            return super().get_template(name, parent, globals)
        if (name, parent) not in self._found:
            self._found[name, parent] = super().get_template(name, parent)
        return self._found[name, parent]

    def module(self, name: str, parent: str) -> TemplateModule:
        """What a template exports to those who import it without their context."""
        if (name, parent) not in self._modules:
            self._modules[name, parent] = self.get_template(name, parent).module
        return self._modules[name, parent]

    def call(self, context: Context, obj: object, /, *args: object, **kwargs: object) -> object:
        """What a template calls, if the sandbox lets it; a macro is a template's own, so there is nothing to ask."""
        if isinstance(obj, Macro):
            return context.call(obj, *args, **kwargs)
        return super().call(context, obj, *args, **kwargs)

    def calling(self, context: Context, obj: object, method: str) -> Callable[..., object]:
        """What calls a method of something that is no text."""
        return partial(self.call, context, self.getattr(obj, method))

    def writing(self, context: Context, obj: object) -> Callable[..., str]:
        """What writes what comes of a call."""
        return partial(self._write_call, context, obj)

    def _write_call(self, context: Context, obj: object, *args: object, **kwargs: object) -> str:
        named = {name.removeprefix(PARAMETER): value for name, value in kwargs.items()}
        return write_markup(self.call(context, obj, *args, **named))

    def getattr(self, obj: object, attribute: str) -> object:
        """A field of a dataclass; of anything else what the sandbox allows."""
        kind = type(obj)
        contract = self._contracts[kind] if kind in self._contracts else self._learn(kind)
        if contract is None:
            return super().getattr(obj, attribute)
        if attribute not in contract:
            near = suggest(attribute, contract).rstrip()
            article = "an" if kind.__name__[0] in "AEIOU" else "a"
            fault = f"{article} {kind.__name__} has no field {attribute!r}" + (f": {near}" if near else "")
            return self.undefined(fault, obj, attribute)
        value = getattr(obj, attribute)
        return Markup(value) if contract[attribute] else value  # noqa: S704 - Html is clean by contract of the model

    def getitem(self, obj: object, argument: object) -> object:
        """`page["title"]` is `page.title`; filters ask this way."""
        if isinstance(argument, str):
            kind = type(obj)
            contract = self._contracts[kind] if kind in self._contracts else self._learn(kind)
            if contract is not None:
                return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def _learn(self, kind: type) -> dict[str, bool] | None:
        """The fields of a dataclass, each with whether it is `Html`."""
        contract = None
        told = annotations_of(kind) if kind.__module__.startswith("digest.model.") else None  # which call it so
        if told is not None:
            contract = {name: text == "Html" for name, text in told.items()}
        elif is_dataclass(kind):
            hints = get_type_hints(kind)
            contract = {field.name: hints[field.name] is Html for field in fields(kind)}
        if contract is not None:
            for name, html in contract.items():
                texts, htmls, all_such = self._types[name]
                all_such.add(kind)
                (htmls if html else texts).add(kind)
        self._contracts[kind] = contract
        return contract


class _Loader(BaseLoader):
    """Templates out of the shelves, compiled unless they are already."""

    def __init__(self, shelves: Shelves, codes: Codes) -> None:
        self._shelves = shelves
        self._codes = codes

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, object] | None = None) -> Template:
        """The template of that name, as Jinja2 asks for it."""
        text = self._shelves.text_of(name)
        if text is None:
            raise TemplateNotFound(name)
        kept = self._codes.get(name)
        code = marshal.loads(kept) if kept else environment.compile(text, name, self._shelves.place_of(name))  # noqa: S302 - see keeping.py
        # A plain mapping: it is copied for every page.
        return environment.template_class.from_code(environment, code, dict(globals or {}), lambda: True)


def is_markup(name: str | None) -> bool:
    """Whether texts are escaped in a template."""
    return name is None or not name.endswith(".txt")
