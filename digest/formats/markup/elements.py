"""An element of a marked-up document, XML or HTML, as a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Element:
    """An element with what stands in it, texts and elements in the order of the document.

    `name` is without prefix and `namespace` the address that the prefix stands for, empty where it stands for none.
    `attributes` go by their names as written, prefixes included (`xml:lang`, `rdf:about`). `line` is where the
    element starts in the document.
    """

    name: str
    namespace: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    content: tuple[Element | str, ...] = ()
    line: int = 1

    def get(self, attribute: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attributes.get(attribute, default)

    def text(self) -> str:
        """All the text in the element, as it stands there."""
        content = self.content
        if len(content) == 1 and isinstance(content[0], str):
            return content[0]
        return "".join(self.texts())

    def texts(self) -> Iterator[str]:
        """Every piece of text in the element and in those below it."""
        stack: list[Element | str] = [*reversed(self.content)]
        while stack:
            part = stack.pop()
            if isinstance(part, str):
                yield part
            else:
                stack.extend(reversed(part.content))

    def children(self, *names: str) -> Iterator[Element]:
        """The elements right below this one, of these names where some are given."""
        for part in self.content:
            if isinstance(part, Element) and (not names or part.name in names):
                yield part

    def child(self, *names: str) -> Element | None:
        """The first element right below this one that has one of these names."""
        return next(self.children(*names), None)

    def find_all(self, *names: str) -> Iterator[Element]:
        """All elements below this one, at any depth, of these names where some are given."""
        stack = [*reversed([*self.children()])]
        while stack:
            element = stack.pop()
            if not names or element.name in names:
                yield element
            stack.extend(reversed([*element.children()]))

    def find(self, *names: str) -> Element | None:
        """The first element below this one, at any depth, that has one of these names."""
        return next(self.find_all(*names), None)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place of a document; where `lost` is false, it was mended and what it is about follows."""

    line: int
    column: int
    message: str
    lost: bool = True
