"""The words of the interface in templates: put in before they are compiled, or called for."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from digest.formats.patterns import lazily
from digest.model import Catalogue
from digest.rendering.templates.once import PARAMETER
from digest.rendering.templates.writing import write_markup

_PLACEHOLDER: Final = lazily(r"%\((\w+)\)s")


class Interpreter(NodeTransformer):
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


class Plural:
    """`ngettext` in templates: texts and values are escaped, a value that is HTML (a link) stays as it is."""

    def __init__(self, words: Catalogue) -> None:
        self._form = lru_cache(maxsize=1024)(
            lambda one, many, number: str(escape(words.plural_form(one, many, number)))
        )

    def __call__(self, one: str, many: str, number: int, /, **values: object) -> Markup:
        """The form of a text that goes with a number, and its values."""
        written = {name.removeprefix(PARAMETER): write_markup(value) for name, value in values.items()}
        return Markup(self._form(one, many, number) % {"number": write_markup(number), **written})  # noqa: S704 - escaped

    _func = __call__  # it is called as macros are


def make_interface(words: Catalogue) -> dict[str, Callable[..., Markup]]:
    """`_` and `ngettext` for templates: texts and values are escaped, a value that is HTML (a link) stays as it is."""

    def gettext(english: str, **values: object) -> Markup:
        text = Markup.escape(words.gettext(english))
        return text % {name: write_markup(value) for name, value in values.items()} if values else text

    return {"_": gettext, "ngettext": Plural(words)}
