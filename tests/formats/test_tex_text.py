"""Prose in TeX becomes plain text or Markdown; math stays, and what is not known stays as it is written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import tex_text


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        ("Plain  words\n in lines", "Plain words in lines"),
        ("{{The {DNA} of {M}oss}}", "The DNA of Moss"),
        (r"G{\"o}del, Erd{\H{o}}s, {\O}re, Stra{\ss}e, {\'\i}", "Gödel, Erdős, Øre, Straße, í"),
        (r"\v{b} has no letter, nor \'q: \'{q}", "b\u030c has no letter, nor q\u0301: q\u0301"),
        ("``Moss'' -- or --- {\\textendash} `fern'", "“Moss” – or — – `fern'"),
        ("''Moss'' of 5'' and ``fern''", "''Moss'' of 5'' and “fern”"),
        (r"R\&D, 5\,\%, \$4, a\_b, \#1, \{x\}", "R&D, 5 %, $4, a_b, #1, {x}"),
        (r"a~b\\ c\-d{\textgreater}e", "a b cd>e"),
        (r"D\textquotesingle author {\textdegree}C \textpm{} 2", "D'author °C ± 2"),
        (r"the \LaTeX companion, {\TeX}", "the LaTeX companion, TeX"),
        (r"H\textsubscript{2}O, m\textsuperscript{2}, \textsuperscript{\emph{a}}", "H₂O, m², a"),
        (r"\emph{Moss} \textbf{and} {\it fern} \texttt{code}", "Moss and fern code"),
        (r"Of {$\beta$} and $L_{2}$-norms {and $a{b}$}", r"Of $\beta$ and $L_{2}$-norms and $a{b}$"),
        (r"{\ensuremath{\Omega}}$_{m}$ and $\pm$$x$", r"$\Omega_{m}$ and $\pm x$"),
        (r"\ensuremath{\alpha}-moss, \alpha-moss", r"$\alpha$-moss, α-moss"),
        (r"$\less$i$\greater$Moss{\&}amp$\mathsemicolon$", "<i>Moss&amp;"),
        (r"{\noopsort{a}}Moss {\relax Ch}ar \protect\emph{x}", "Moss Char x"),
        (r"\unknown{moss} \today", r"\unknown{moss} \today"),
        (r"\url{http://a.example/b\_c} \href{http://a.example}{moss}", "http://a.example/b_c moss"),
        (r"ends in \emph{an open group", "ends in an open group"),
        (r"} too many {}} ", "too many"),
        ("\\", "\\"),
    ],
)
def test_titles_are_plain(tex: str, plain: str) -> None:
    assert tex_text.plain_from_tex(tex) == plain


@pytest.mark.parametrize(
    ("tex", "title"),
    [
        ("{M}oss---a survey", "Moss---a survey"),
        ("Moss -- $x--y$ -- f{\\'e}rn, a----b", "Moss -- $x--y$ -- férn, a----b"),
        (r"Moss \textendash{} fern", "Moss – fern"),
        ("{\\'e}-", "é-"),
    ],
)
def test_dashes_of_a_title_stay_as_written(tex: str, title: str) -> None:
    assert tex_text.title_from_tex(tex) == title


@pytest.mark.parametrize(
    ("tex", "markdown"),
    [
        ("One\n line.\n\n Two\nlines.", "One line.\n\nTwo lines."),
        (r"\emph{Moss} and \textbf{fern}, {\em both}", "*Moss* and **fern**, *both*"),
        (r"\emph{a \emph{b} c}, \textbf{\emph{x}}, \emph{}", "*a b c*, ***x***,"),
        (r"\emph{ moss }grows", "*moss* grows"),
        (r"2 * 3 * 4 and *moss* \& $a*b*c$", r"2 * 3 * 4 and \*moss\* & $a*b*c$"),
        (r"\href{http://a.example/b\_c}{moss \emph{x}}", "[moss *x*](<http://a.example/b_c>)"),
        ("a \ue000 mark\ue001 of {our} own", "a mark of our own"),
        (r"\enquote{Moss}", "“Moss”"),
        (r"\emph{one\par two}", "one\n\ntwo"),
    ],
)
def test_bodies_are_markdown(tex: str, markdown: str) -> None:
    assert tex_text.markdown_from_tex(tex) == markdown


@pytest.mark.parametrize(
    ("tex", "address"),
    [
        (r"http://a.example/b\_c\%20{\_}d\&e~f", "http://a.example/b_c%20_d&e~f"),
        (r"\url{http://a.example/b_c}", "http://a.example/b_c"),
        (r"Online: \url{ http://a.example } and more", "http://a.example"),
        (r"http://a.example/{\textasciitilde}me/$\sim$you/\textasciitilde{}all", "http://a.example/~me/~you/~all"),
        ("http://a.example/a\n  b", "http://a.example/ab"),
    ],
)
def test_addresses_are_plain(tex: str, address: str) -> None:
    assert tex_text.address_from_tex(tex) == address


@pytest.mark.parametrize(
    "text",
    [
        "{" * 20_000,
        "}" * 20_000,
        r"\emph{" * 9_000,
        r"\url{" * 9_000,
        "$" * 20_000,
        "\\" * 20_001,
        r"\emph{a} " * 9_000,
    ],
    ids=lambda text: text[:6],
)
def test_no_depth_is_too_deep_nor_slow(text: str) -> None:
    start = time.perf_counter()
    tex_text.markdown_from_tex(text)
    tex_text.plain_from_tex(text)
    assert time.perf_counter() - start < 2


PIECES = st.sampled_from(
    [
        "\\",
        "{",
        "}",
        "$",
        "~",
        "\\emph{",
        "\\it ",
        "\\url{",
        "\\href{",
        "\\'",
        "``",
        "''",
        "--",
        "a",
        " ",
        "\n\n",
        "\\ss",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=25))
def test_any_text_is_converted(pieces: list[str]) -> None:
    text = "".join(pieces)
    tex_text.markdown_from_tex(text)
    assert "\n" not in tex_text.plain_from_tex(text)
    tex_text.address_from_tex(text)
