"""How templates become Python: as Jinja2 does it, but what stands in them hundreds of times a page is done at once.

- `{{ x }}` is checked, escaped and written by one call; Jinja2 makes three, and an object for each text.
- A field of a dataclass is looked up in place, where the sandbox has met its type before and found it declared.
- A macro whose text is written is called as the function that it is.
- A loop that is counted is counted in place.
- What a template imports is looked up once, not for each page.

All of this is for values of the types that are expected; whatever else they are goes the way of Jinja2.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from keyword import iskeyword
from typing import Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef

from digest import model
from digest.rendering.templates.once import PARAMETER

WRITTEN: Final = "d_write"  # what the modules of templates call the functions of the environment
MACRO: Final = "d_macro"
DIRECT: Final = "d_direct"
_METHODS: Final = frozenset({"endswith", "lower", "split", "startswith", "strip", "upper"})  # which are pure
TEXT, HTML, FIELD = "d_text_", "d_html_", "d_field_"  # before the name of a field: the types that have such a one


@cache
def html_fields() -> frozenset[str]:
    """The names of all fields of the model that may be HTML."""
    kinds = (kind for kind in vars(model).values() if isinstance(kind, type) and is_dataclass(kind))
    return frozenset(field.name for kind in kinds for field in fields(kind) if field.type == "Html")


class Generator(CodeGenerator):
    """Writes the module of a template; its names that begin with `d_` are bound at the end."""

    _attributes: set[str]
    _asked: set[int]  # by identity: fields that are asked only whether they hold anything
    _done: nodes.Node | None = None

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - a name of Jinja2
        """The module, and what it is to know of its environment."""
        self._attributes, self._asked = set(), set()
        super().visit_Template(node, frame)
        self.writeline(f"{WRITTEN}, {MACRO}, {DIRECT}, LoopContext = environment.d_functions")
        for name in sorted(self._attributes):
            self.writeline(f"{TEXT}{name}, {HTML}{name}, {FIELD}{name} = environment.types_with({name!r})")

    def visit(self, node: nodes.Node, *args: object, **kwargs: object) -> None:
        """Write a node, unless it is written already."""
        if node is self._done:
            self._done = None
        else:
            super().visit(node, *args, **kwargs)

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802 - a name of Jinja2
        """A choice; a text that is only asked for need not be taken out."""
        self._ask(node.test)
        super().visit_If(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - a name of Jinja2
        """A field, which is a plain text or no text at all; or else whatever the sandbox gives."""
        if not node.attr.isascii() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)  # no field is called so
            return
        types = FIELD if id(node) in self._asked else TEXT
        owner = self.temporary_identifier()
        self.write(f"({owner}.{node.attr} if type({owner} := ")
        self.visit(node.node, frame)
        self.write(f") in {types}{node.attr} else environment.getattr({owner}, {node.attr!r}))")
        self._attributes.add(node.attr)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - a name of Jinja2
        """What is called; a text is asked how it begins without a question to the sandbox."""
        called = node.node
        if not (isinstance(called, nodes.Getattr) and called.attr in _METHODS and _is_plain(node)) or node.kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        owner = self.temporary_identifier()
        self.write(f"({owner}.{called.attr} if type({owner} := ")
        self.visit(called.node, frame)
        self.write(f") is str else environment.calling(context, {owner}, {called.attr!r}))(")
        self._write_arguments(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:  # noqa: ARG002 - as Jinja2 calls it
        """A macro, made of the function that was just defined."""
        arguments = [argument.name for argument in macro_ref.node.args]
        name = getattr(macro_ref.node, "name", "caller")
        special = (macro_ref.accesses_kwargs, macro_ref.accesses_varargs, macro_ref.accesses_caller)
        self.write(
            f"{MACRO}(environment, missing, macro, {name!r}, {arguments!r}, *{special!r}, context.eval_ctx.autoescape)"
        )

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context or not isinstance(node.template, nodes.Const):
            super()._import_common(node, frame)
        else:
            self.write(f"environment.module({node.template.value!r}, {self.name!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002 - as Jinja2 calls it
        if frame.eval_ctx.autoescape:
            self._write_output(node, frame)
            self._done = node
        else:
            self.write("environment.write_plain(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002 - as Jinja2 calls it
        if not frame.eval_ctx.autoescape:
            self.write(")")

    def _write_output(self, node: nodes.Expr, frame: Frame) -> None:
        """A value as it stands in HTML."""
        if isinstance(node, nodes.CondExpr) and node.expr2 is not None:
            self.write("(")
            self._write_output(node.expr1, frame)
            self.write(" if ")
            self._ask(node.test)
            self.visit(node.test, frame)
            self.write(" else ")
            self._write_output(node.expr2, frame)
            self.write(")")
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and _is_plain(node):
            # Written in the order in which Jinja2 evaluates it: what is called, then what it is given.
            called = self.temporary_identifier()
            self.write(f"({called}._func if type({called} := ")
            self.visit(node.node, frame)
            self.write(f") in {DIRECT} else environment.writing(context, {called}))(")
            self._write_arguments(node, frame)
        elif isinstance(node, nodes.Getattr) and node.attr in html_fields():
            owner = self.temporary_identifier()
            self.write(f"({owner}.{node.attr} if type({owner} := ")
            self.visit(node.node, frame)
            self.write(f") in {HTML}{node.attr} else {WRITTEN}(")
            self.write(f"{owner}.{node.attr} if type({owner}) in {TEXT}{node.attr} else ")
            self.write(f"environment.getattr({owner}, {node.attr!r})))")
            self._attributes.add(node.attr)
        else:
            self.write(f"{WRITTEN}(")
            self.visit(node, frame)
            self.write(")")

    def _write_arguments(self, node: nodes.Call, frame: Frame) -> None:
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{PARAMETER}{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")

    def _ask(self, test: nodes.Node) -> None:
        """Remember which fields of a condition are asked only whether they hold anything."""
        if isinstance(test, nodes.BinExpr) and isinstance(test, nodes.And | nodes.Or):
            self._ask(test.left)
            self._ask(test.right)
        elif isinstance(test, nodes.Not):
            self._ask(test.node)
        elif isinstance(test, nodes.Getattr):
            self._asked.add(id(test))


def _is_plain(node: nodes.Call) -> bool:
    """Whether it is told with how many values something is called."""
    return not (node.dyn_args or node.dyn_kwargs)
