"""Which template a name means, where themes inherit from others."""

from __future__ import annotations

from typing import Final

from digest.model import TemplateFolder, dataclass

PARENT: Final = "parent/"  # before the name of a template


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

    def text_of(self, name: str) -> str | None:
        """The text of the template that a name leads to, if there is one."""
        row, bare = self.row_of(name), name.replace(PARENT, "")
        return self.rows[row].templates.get(bare) if row < len(self.rows) else None
