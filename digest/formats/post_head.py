"""The head of a post, whatever it is written in: its fields, each under the path to it, and where the body begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from digest.model import Problem, dataclass


@dataclass(frozen=True, slots=True)
class PostField:
    """A text of the head and its place.

    `name` is the path to it, lower case and with `_` for blanks and dashes: `title`, `tags[]` for each item of a list,
    `links.pdf`, `authors[].name`.
    """

    name: str
    value: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class PostHead:
    """A post taken apart; `remarks` are comments and other words of the head that are no field, each with its line."""

    fields: tuple[PostField, ...]
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()

    def has(self, *names: str) -> bool:
        """Whether a field of one of these names says something."""
        return any(field.name in names and field.value.strip() for field in self.fields)


def field_name(name: str) -> str:
    """A key as fields are asked for: `Paper URL` and `paper-url` are `paper_url`."""
    return re.sub(r"[\s_-]+", "_", name.strip().strip("\"'").casefold())


def flatten_value(name: str, value: object, line: int = 1) -> Iterator[PostField]:
    """The fields of a value of JSON or TOML; dates are written as ISO 8601, nothing gives an empty text."""
    # A stack and not a recursion: hostile nesting must not be what ends the reading.
    rest: list[tuple[str, object]] = [(name, value)]
    while rest:
        path, node = rest.pop()
        if isinstance(node, Mapping):
            rest += [(f"{path}.{field_name(str(key))}", inner) for key, inner in reversed(list(node.items()))]
        elif isinstance(node, Sequence) and not isinstance(node, str):
            items = path if path.endswith("[]") else f"{path}[]"
            rest += [(items, inner) for inner in reversed(node)]
        else:
            yield PostField(path, _text_of(node), line)


def _text_of(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat else str(value)
