"""TeX accents in prose become letters; nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import tex_accents


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Fr\'echet", "Fréchet"),
        (r"Fr\'{e}chet", "Fréchet"),
        (r"Fr{\'e}chet", "Fréchet"),
        (r"Sol\`a", "Solà"),
        (r"G\"odel, Schr\"{o}dinger", "Gödel, Schrödinger"),
        (r"na\"\i ve, na\"{\i}ve", "naïve, naïve"),
        (r"Mu\~noz", "Muñoz"),
        (r"r\^ole", "rôle"),
        (r"Kr\v{c}, Ho\v{r}ava, \v{S}, \v Z", "Krč, Hořava, Š, Ž"),
        (r"gar\c{c}on, gar\c con", "garçon, garçon"),
        (r"Erd\H{o}s", "Erdős"),
        (r"\L ukasz, \L{}ukasz, {\L}ukasz, Pawe\l", "Łukasz, Łukasz, Łukasz, Paweł"),
        (r"S\o ren, S{\o}ren, \O{}", "Søren, Søren, Ø"),
        (r"stra\ss e, Stra{\ss}e", "straße, Straße"),
        (r"\AA ngstr\"om, \r{a}", "Ångström, å"),
        (r"\.Zelazny, \=o, \k{a}, \d{s}, \u{g}", "Żelazny, ō, ą, ṣ, ğ"),
        (r"\'Emile", "Émile"),
    ],
)
def test_accents_become_letters(tex: str, text: str) -> None:
    assert tex_accents.letters_from_tex(tex) == text


@pytest.mark.parametrize(
    "text",
    [
        "no accents, it's plain",
        r"$\'e$ and \(\o\) and $$\L$$",
        r"\textit{iNNK} \emph{x} \cite{o} \ldots \order \lambda \int \over",
        r"50\% of \$5 \& \_ \#",
        r"C:\old \users \temp \data",
        r"\'q has no accent, nor \v{b}",
        "a \\",
    ],
)
def test_nothing_else_is_touched(text: str) -> None:
    assert tex_accents.letters_from_tex(text) == text


ACCENTED = [
    (f"\\{accent}{{{letter}}}", unicodedata.normalize("NFC", letter + mark))
    for accent, mark in (("'", "\u0301"), ('"', "\u0308"), ("v", "\u030c"), ("c", "\u0327"))
    for letter in "aeoucsnzEOS"
    if len(unicodedata.normalize("NFC", letter + mark)) == 1
]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.one_of(st.sampled_from(ACCENTED), st.sampled_from([(x, x) for x in ("word ", "a", "$x$", " 5% ", ". ")]))
    )
)
def test_accents_among_words(pieces: list[tuple[str, str]]) -> None:
    assert tex_accents.letters_from_tex("".join(tex for tex, _ in pieces)) == "".join(text for _, text in pieces)


@pytest.mark.parametrize(
    ("written", "letters"),
    [(r"Nguy{\~{\^e}}n", "Nguyễn"), (r"Tu\^{\'{a}}n", "Tuấn"), (r"Tr\`{\^a}n", "Trần"), (r"\~ễ", r"\~ễ")],
)
def test_a_letter_with_two_accents(written: str, letters: str) -> None:
    assert tex_accents.letters_from_tex(written) == letters
