"""Code in some languages, and what looks like it."""

from __future__ import annotations

from hypothesis import strategies as st

LANGUAGES = ["python", "pycon", "c++", "bash", "html+jinja", "yaml", "json", "tex", "sql", "julia", "r", "csharp"]
PIECES = [
    "def", " ", "  ", "\n", "\n\n", "x", "y_1", "1", "0x1F", "1e-5", "(", ")", "{", "}", "[", "]", ":", ";", "=", "==",
    "<", "</p>", "<b a='c'>", "{{ a }}", "{% if b %}", "\\begin{x}", "\\a", "%", "# c", "// c", "/* c", "*/", '"', "'",
    '"""', "f'", "{x!r:>3}", "return", "import", "from", "class ", "int", "SELECT", "select ", "- ", "a: b", ">>> ",
    "$x", "$(", "`", "&", "|", "@", "é", "ſ",
    "\u212a", "\u2028", "\t", "’", "→", "·", "!", "?", "~", "^", ",", ".", "...", "None", "true",
]  # fmt: skip
_ASCII = [piece for piece in PIECES if piece.isascii()]
CODE = st.one_of(*(st.lists(st.sampled_from(pieces), max_size=40).map("".join) for pieces in (_ASCII, PIECES)))
