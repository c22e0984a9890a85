"""What was set aside is put back, and what is told of it is true."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.formats.stash import Stash

_PIECES = ["", "x", "x + y", " x", "if a:\n    b", "x\n", "\u2003", "é\xa0f"]


@given(st.lists(st.sampled_from(["a", ",", " ", "\n", *range(len(_PIECES))]), max_size=12))
def test_words_are_counted_in_pieces_alone(parts: list[str | int]) -> None:
    stash = Stash()
    kept = [stash.keep("u" if piece == "x" else "x", piece, "") for piece in _PIECES]
    text = "".join([part if isinstance(part, str) else kept[part] for part in parts])
    told = stash.tell(text)
    assert stash.tell_words(text, len(text.split())) == (told, len(told.split()))
