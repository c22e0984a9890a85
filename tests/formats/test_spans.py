"""What is set aside within a line is found as one pattern of all signs finds it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import spans
from digest.formats.stash import Stash

PIECES = [
    "\\", "\\\\", "\\(", "\\)", "\\[", "\\]", "\\begin{a}", "\\end{a}", "\\*", "\\`", "\\a", "`", "``", "$", "$$",
    "$x$", "$5", "<", "<b>", "</b>", "<br>", "<code>", "</code>", "<https://x.org>", "<!-- a -->", "<unk>", "](",
    "](a)", "](<b c>)", "[", "]", "(", ")", "http://", "https://", "http://x.org/", "https://x.org", "h", "x",
    " ", "\n", "{", "}", "begin{",
]  # fmt: skip
_PATTERN = re.compile("|".join(map(re.escape, spans._SIGNS_OF_TEXT)))


class _ByPattern(spans._Scan):
    """Looks for the next of all signs, wherever it goes on."""

    def run(self, signs: Iterable[str]) -> str:
        at = 0
        while match := _PATTERN.search(self.text, at):
            self.out.append(self.text[at : match.start()])
            at = self._sign(match[0], match.start())
        self.text = self.text[at:]
        return super().run(())


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_signs_are_found_as_by_one_pattern(text: str) -> None:
    stash, other = Stash(), Stash()
    assert spans.set_spans_aside(text, stash) == _ByPattern(text, other).run(())
    assert (stash.plain, stash.markup, stash.own, stash.sources) == (
        other.plain,
        other.markup,
        other.own,
        other.sources,
    )
