"""What templates call `loop`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jinja2.runtime import LoopContext
from jinja2.utils import missing


class Loop(LoopContext):
    """Counts as that of Jinja2, without a call for each item and each question whether it is the first."""

    # What the sandbox has nothing against, which it takes microseconds to find out.
    HARMLESS: Final = frozenset({"first", "index", "index0", "last", "length", "nextitem", "previtem"})

    first = False

    def __iter__(self) -> Iterator[tuple[object, Loop]]:  # type: ignore[override]  # it is given to `for` alone
        """The items, each with this loop, which tells of them."""
        self.first = True
        while True:
            item, self._after = self._after, missing  # looked at before, for `last` or `nextitem`
            if item is missing and (item := next(self._iterator, missing)) is missing:
                return
            self.index0 += 1
            self._before, self._current = self._current, item
            yield item, self
            self.first = False
