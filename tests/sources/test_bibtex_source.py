"""BibTeX as items: names, dates, identifiers, details, inheritance, and what is wrong."""

from __future__ import annotations

import time

import pytest

from digest.model import Document, Identifiers, Item, Noise, PartialDate, Problem, Reading
from digest.sources.bibliographies.bibtex import SOURCE


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("notes/refs.bib", text)))


def item(fields: str, kind: str = "article") -> Item:
    (found,) = read(f"@{kind}{{moss24,\n{fields}\n}}").items
    return found


def test_an_article_whole() -> None:
    found = item(
        r"""
  author    = {Lovelace, Ada and {van Author}, Ann and {The {M}oss Group} and others},
  title     = {{On {M}oss --- and $O(n^{2})$ {\"U}ber \emph{Ferns}}},
  journal   = {J. of Moss \& Ferns},
  volume    = 3, number = {2}, pages = {335--9}, year = 2024, month = may # "~3",
  doi       = {https://doi.org/10.5555/moss.24\_1},
  url       = {https://moss.example/a\_b},
  issn      = {1234-5678}, publisher = {Moss Press}, address = {Bog},
  keywords  = {wet moss, ferns},
  language  = {English},
  abstract  = {We grow \emph{moss}
    in {Kew}.

    It is {\"o}rtlich 50\% green.},
  file      = {moss.pdf}, timestamp = {2024-05-03},
"""
    )
    assert found.title == "On Moss --- and $O(n^{2})$ Über Ferns"
    assert found.authors == ("Ada Lovelace", "Ann van Author", "The Moss Group")
    assert found.published == PartialDate(2024, 5, 3)
    assert found.identifiers == Identifiers(doi="10.5555/moss.24_1")
    assert found.venue == "J. of Moss & Ferns"
    assert found.body == "We grow *moss* in Kew.\n\nIt is örtlich 50% green."
    assert found.links == (("paper", "https://moss.example/a_b"),)
    assert found.tags == ("wet moss", "ferns")
    assert found.lang == "en"
    assert found.span.line == 1
    assert dict(found.details) == {
        "type": "article-journal", "citation-key": "moss24", "issue": "2", "page": "335-339", "volume": "3",
        "publisher": "Moss Press", "publisher-place": "Bog", "ISSN": "1234-5678",
    }  # fmt: skip


def test_no_field_goes_unseen() -> None:
    found = read("@misc{a, title = {Moss}, owner = {ann}, file = {moss.pdf},\n funding 1 = {Bog}}\nstray")
    assert [(noise.text, noise.span.line) for noise in found.noise] == [
        ("owner: ann", 1),
        ("file: moss.pdf", 1),
        ("funding 1: Bog", 2),
        ("stray", 2),
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("eprint={1804.00222}, archivePrefix={arXiv}, primaryClass={cs.LG}", Identifiers(arxiv="1804.00222")),
        ("eprint={1804.00222v2}, eprinttype={arxiv}", Identifiers(arxiv="1804.00222", version=2)),
        ("eprint={hep-th/9901001}", Identifiers(arxiv="hep-th/9901001")),
        ("eprint={12345678}, eprinttype={pubmed}", Identifiers(pmid="12345678")),
        ("eprint={2024/17}, archivePrefix={IACR}", Identifiers()),
        ("journal={arXiv preprint arXiv:1804.00222}", Identifiers(arxiv="1804.00222")),
        ("journal={CoRR}, volume={abs/1804.00222}", Identifiers(arxiv="1804.00222")),
        ("doi={10.48550/arXiv.1804.00222}", Identifiers(arxiv="1804.00222")),
        ("number={arXiv:1804.00222}, publisher={arXiv}", Identifiers(arxiv="1804.00222")),
        ("url={http://arxiv.org/abs/1804.00222}", Identifiers(arxiv="1804.00222")),
        ("note={arXiv: 1804.00222}", Identifiers(arxiv="1804.00222")),
        ("url={https://doi.org/10.5555/moss}", Identifiers(doi="10.5555/moss")),
        (
            "doi={10.5555/a(1)_{b}}, pmid={123}, pmcid={PMC12}",
            Identifiers(doi="10.5555/a(1)_b", pmid="123", pmcid="PMC12"),
        ),
        ("volume={1804.0022}, pages={10.1}", Identifiers()),
    ],
)
def test_identifiers(fields: str, told: Identifiers) -> None:
    assert item(f"title = {{Moss}}, {fields}").identifiers == told


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2024", "2024"),
        ("year = {2024}, month = {3}", "2024-03"),
        ("year = 2024, month = mar", "2024-03"),
        ("year = 2024, month = {March}, day = 7", "2024-03-07"),
        ("year = 2024, month = {März}", "2024-03"),
        ("year = 2024, month = {7 March}", "2024-03-07"),
        ("year = 2024, month = {Mar-Apr}", "2024-03"),
        ('year = 2024, month = mar # "--" # apr', "2024-03"),
        ("year = 2024, month = {Spring}", "2024"),
        ("date = {2024-03-07}", "2024-03-07"),
        ("date = {2024-03/2024-05}, year = 2023", "2024-03"),
        ("date = {2024-02-31}", "2024-02"),
        ("year = {in press}", "None"),
        ("year = {c1984}", "1984"),
        ("title = {Moss}", "None"),
    ],
)
def test_dates_are_no_more_precise_than_told(fields: str, date: str) -> None:
    assert str(item(fields).published) == date


@pytest.mark.parametrize(
    ("kind", "fields", "venue"),
    [
        ("inproceedings", "title={Moss}, booktitle={Proc. of Moss}", "Proc. of Moss"),
        ("article", r"title={Moss}, journal=\apj", "Astrophysical Journal"),
        ("article", r"title={Moss}, journal={\mnras}", "Monthly Notices of the Royal Astronomical Society"),
        ("article", r"title={Moss}, journal={\unheardof}", "unheardof"),
        ("article", "title={Moss}, journaltitle={J. Moss}, booktitle={B}", "J. Moss"),
        ("book", "title={Moss}, publisher={P}", ""),
        ("phdthesis", "title={Moss}, school={U}", ""),
    ],
)
def test_venues(kind: str, fields: str, venue: str) -> None:
    found = item(fields, kind)
    assert (found.title, found.venue) == ("Moss", venue)


def test_what_a_paper_has_of_its_book() -> None:
    found = read(
        "@inproceedings{a, author={Ann Author}, title={Moss}, crossref={Book}, xdata={bog}}\n"
        "@xdata{bog, publisher={Bog Press}, abstract={Told once.}}\n"
        "@proceedings{book, editor={Bob Other}, title={On Ferns}, year=2024, month=may,\n"
        " doi={10.5555/book}, crossref={a}}\n"
    )
    paper, book = found.items
    assert (paper.title, paper.venue, str(paper.published)) == ("Moss", "On Ferns", "2024-05")
    assert (paper.identifiers.doi, paper.body) == ("", "Told once.")
    assert dict(paper.details)["publisher"] == "Bog Press"
    assert dict(paper.details)["editor"] == "Bob Other"
    assert (book.title, book.authors, book.identifiers.doi) == ("On Ferns", ("Bob Other",), "10.5555/book")
    assert any(noise.text.startswith("@xdata bog") for noise in found.noise)


@pytest.mark.parametrize(
    "told",
    ["https://moss.example/a", r"\url{https://moss.example/a}", r"Online: \href {https://moss.example/a} {\texttt{a}}"],
)
def test_how_published_may_be_an_address(told: str) -> None:
    assert item(f"title={{Moss}}, howpublished = {{{told}}}").links == (("paper", "https://moss.example/a"),)


def test_several_addresses_in_one_field() -> None:
    found = item("url = {http://arxiv.org/abs/1905.00001 https://moss.example/1, https://moss.example/a\n b}")
    assert [address for _, address in found.links] == [
        "http://arxiv.org/abs/1905.00001",
        "https://moss.example/1",
        "https://moss.example/ab",
    ]


@pytest.mark.parametrize(
    ("written", "body"),
    [
        (r"We grow {\textless}i{\textgreater}moss{\textless}/i{\textgreater} \& fern.", "We grow *moss* & fern."),
        (r"We grow {$<$}i{$>$}moss{$<$}/i{$>$}.", "We grow *moss*."),
        (r"We grow more if $a<b$, {\textless}5.", "We grow more if $a<b$, <5."),
    ],
)
def test_tags_that_a_program_wrote_as_tex(written: str, body: str) -> None:
    assert item(f"abstract = {{{written}}}").body == body


def test_persons_of_one_name() -> None:
    assert item("author = {Ada Lovelace and Wei Moss 0001}").authors == ("Ada Lovelace", "Wei Moss")


def test_a_long_circle_of_references_ends() -> None:
    text = "".join(f"@misc{{k{n}, title={{T}}, crossref={{k{(n + 1) % 400}}}}}\n" for n in range(400))
    start = time.perf_counter()
    assert len(read(text).items) == 400
    assert time.perf_counter() - start < 2


def test_subtitles_and_markup_of_html() -> None:
    found = item("title={Moss}, subtitle={A Story}, abstract={<p>We grow <i>moss</i>.</p><p>It is green.</p>}")
    assert found.title == "Moss: A Story"
    assert found.body == "We grow *moss*.\n\nIt is green."
    assert (
        item(r"title={$\less$i$\greater$Moss$\less$/i$\greater$ {\&}amp$\mathsemicolon$ fern}").title == "Moss & fern"
    )


def test_an_entry_that_is_not_closed_is_told_and_the_others_are_read() -> None:
    found = read("@misc{a, title = {Moss}}\n@misc{b,\n title = {Fern {x}\n\n@misc{c, title = {Hop}}\n")
    assert [each.title for each in found.items] == ["Moss", "Hop"]
    (problem,) = found.problems
    assert (problem.severity, problem.code, problem.span and problem.span.line) == ("error", "DG308", 3)
    assert read("@misc{a, title = {Moss}").problems[0].severity == "warning"


@pytest.mark.parametrize(
    ("name", "text", "sure"),
    [
        ("a.bib", "% only a comment\n@misc{a, title={T}}", True),
        ("-", "@article{a,\n title={T}}", True),
        ("-", "This file was made by a program.\n\n@article{a,\n title={T}}", True),
        ("-", "@article {\n title = {T}}", True),
        ("-", "# A page\n\n```\n@article{a,\n title={T}}\n```\n", False),
        ("-", "---\ntitle: a\n---\n@article{a, title={T}}", False),
        ("-", "\\begin{document} x \\end{document}\n@article{a, title={T}}", False),
        ("-", "write to ann@example.org {a, b}", False),
        ("-", '[{"a": "\\n@article{a,"}]', False),
        ("-", "x " * 500 + "\n@article{a,\n title={T}}", False),
    ],
)
def test_recognition(name: str, text: str, *, sure: bool) -> None:
    assert (SOURCE.recognise(Document(name, text)) >= 0.9) is sure


def test_three_thousand_authors_and_odd_letters() -> None:
    names = " and ".join(f"Author{number}, A." for number in range(3_000))
    start = time.perf_counter()
    found = item(f"author = {{{names}}}, title = {{{{{{ --- }}}} \u202eshalom\u0007 <x>}}")
    assert time.perf_counter() - start < 2
    assert len(found.authors) == 3_000
    assert found.authors[2] == "A. Author2"
    assert "shalom" in found.title


def test_the_stream_gives_each_thing_as_it_comes() -> None:
    stream = SOURCE.read(Document("a.bib", "@misc{a, title={A}, owner={x}}\n@misc{b, title={B\n"))
    assert [type(next(iter(stream))) for _ in range(3)] == [Item, Noise, Problem]
