"""The formulas of one text: as MathML, as plain text, and what is wrong with them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from digest.formats import math, tex_macros
from digest.formats.patterns import lazily
from digest.formats.tex_macros import NONE, Macros
from digest.model import Problem, Span

if TYPE_CHECKING:
    from digest.formats.tex_to_mathml import TexError

_MOST: Final = 50  # faults of one text that are told
_NARROW: Final = 20  # signs that fit a narrow screen
_TAG: Final = lazily(r"<[^<>]*>")


class Formulas:
    """The formulas of one text, one after the other: what one defines, the next ones may use."""

    __slots__ = ("faults", "macros")

    def __init__(self, macros: Macros = NONE) -> None:
        self.macros = macros
        self.faults: dict[str, tuple[str, str]] = {}  # formula: (what is wrong, hint)

    def render(self, source: str, *, block: bool = False) -> str:
        """The HTML of a formula, delimiters and all, with MathML; readable TeX where it cannot be converted.

        A `block` may stand in no paragraph. What is wide has a box to scroll in, which a key can reach.
        """
        typeset, tex_error = _typesetting()
        display = math.is_display(source)
        tex = math.bare(source)
        try:
            if "\\" in tex:
                if tex_macros.DEFINES.search(tex):
                    tex = self._define(tex)
                tex = tex_macros.expand(tex, self.macros)
            mathml = typeset(tex, display=display)
        except tex_macros.EndlessError as error:
            self._blame(source, str(error))
            mathml = ""
        except tex_error as error:
            self._blame(source, str(error), error.command)
            mathml = ""
        # A formula of few letters is a narrow one; what its tags enclose is looked at for the others only.
        if mathml and not display and len(tex) <= _NARROW:
            return mathml
        tag = "div" if block else "span"
        kind = "display" if display else "inline"
        if not mathml:
            return f'<{tag} class="math {kind}">{escape(source, quote=False)}</{tag}>'
        wide = _is_wide(mathml)
        focus = ' tabindex="0"' if wide else ""
        if not display:
            return f'<span class="math inline" tabindex="0">{mathml}</span>' if wide else mathml
        return f'<{tag} class="math {kind}"{focus}>{mathml}</{tag}>'

    def plain(self, source: str) -> str:
        """A formula as text, with its macros said out."""
        tex = math.bare(source)
        if "\\" in tex and (self.macros.table or tex_macros.DEFINES.search(tex)):
            tex, found = tex_macros.take_definitions(tex)
            macros = tex_macros.without_circles({**self.macros.table, **found}) if found else self.macros
            with suppress(tex_macros.EndlessError):
                tex = tex_macros.expand(tex, macros)
        return _reading()(tex)

    def problems(self, text: str, path: str, line: int, column: int = 1) -> tuple[Problem, ...]:
        """A warning for each formula that is not shown, where it first stands in the text; DG113.

        The text begins at `line` and `column` of its file.
        """
        return tuple(self._problems(text, path, line, column)) if self.faults else ()

    def _problems(self, text: str, path: str, first_line: int, first_column: int) -> Iterator[Problem]:
        from digest.formats.local_links import blank_code  # noqa: PLC0415 - loaded where something is wrong

        text = blank_code(text)
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        for source, (fault, hint) in self.faults.items():
            # Lines of a formula stand in the file with what a list or a quote has before them.
            pattern = r"[ \t]*\n[ \t>]*".join(map(re.escape, source.split("\n")))
            found = re.search(pattern, text)
            line = bisect_right(starts, found.start()) if found else 1
            column = found.start() - starts[line - 1] + (first_column if line == 1 else 1) if found else 1
            span = Span(path, first_line + line - 1, column, len(source.partition("\n")[0]) if found else 1)
            yield Problem("warning", "DG113", f"the formula cannot be shown: {fault}", span, hint)

    def _blame(self, source: str, fault: str, command: str = "") -> None:
        if len(self.faults) < _MOST:
            self.faults.setdefault(source, (fault, self._hint(command)))

    def _define(self, tex: str) -> str:
        tex, found = tex_macros.take_definitions(tex)
        if found:
            bodies = {**self.macros.table, **found}
            if len(bodies) > tex_macros.MOST:
                raise tex_macros.EndlessError("too many macros are defined")
            self.macros = tex_macros.without_circles(bodies)
        return tex

    def _hint(self, command: str) -> str:
        if not command:
            return "it is shown as it is written"
        import difflib  # noqa: PLC0415 - loaded where something is wrong

        from digest.formats import math_text  # noqa: PLC0415 - likewise

        name = command[1:]
        known = [*self.macros.table, *math_text.NAMES]
        if close := difflib.get_close_matches(name, known, n=1, cutoff=0.75):
            return f"did you mean `\\{close[0]}`?"
        return f"define it in content/site.yml: macros: {{'{command}': '…'}}" if name.isalpha() else ""


# An import that was done takes longer to find out than what is left to do for a formula that is known.
@cache
def _typesetting() -> tuple[Callable[..., str], type[TexError]]:
    from digest.formats.tex_to_mathml import TexError, typeset  # noqa: PLC0415 - heavy: loaded for formulas

    return typeset, TexError


@cache
def _reading() -> Callable[[str], str]:
    from digest.formats.math_text import plain_from_math  # noqa: PLC0415 - heavy: loaded where there are formulas

    return plain_from_math


@lru_cache(maxsize=4_096)
def _is_wide(mathml: str) -> bool:
    return len(unescape(_TAG.sub("", mathml[: mathml.rfind("<annotation")]))) > _NARROW
