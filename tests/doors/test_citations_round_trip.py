"""Our bibliographies come back through our own import, and are read by the tools of others."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rispy
from built_sites import NOW, ROOT, SHARED
from pybtex.database import parse_string

from digest.cli import main
from digest.formats import citations, identifiers
from digest.model import Entry, Export, ExportFormat, Identifiers, PageFile, Reference
from digest.planning import gather_site, make_gist, plan_site
from digest.reading import compile_prose, read_content, read_settings
from digest.rendering import load_theme

FORMATS: dict[ExportFormat, str] = {"bibtex": "bib", "ris": "ris", "csl-json": "json"}
SAMPLES = sorted(
    path
    for path in (SHARED / "samples").rglob("*.*")
    if path.suffix in {".bib", ".ris", ".nbib", ".xml", ".txt", ".md"}
)
INVENTED = (
    """title: "100% of {whole} in #1 & AT&T: a_b ~ c^d"
authors: [Ludwig van Beethoven, "Martin Luther King Jr.", ATLAS Collaboration, 山田 太郎, Plato, Luc Van Gool]
published: 1843-09-02
venue: Journal of Things & Stuff 12(3) (1844)
doi: "10.1000/a_b(c)1"
pmid: "12345678"
pmcid: PMC1234567
tags: [one, two-three]
---

First 5% of $a_1 < b$ & {some} -- or --- more: ``quoted'' \\\\ text, $5 and $6.

Second paragraph with \\(x_2\\), a ~ tilde and a # hash.""",
    """title: On $\\mathbb{F}_q^n$ and the BERT of GPT-3
authors: [Réka Łukasiewicz-Østergård, Ada Lovelace]
published: 2018-04
arxiv: "1804.00222"
openreview: AbCdEf1234
venue: Published as a conference paper at ICLR 2018
tags: [engines]
---

Of $\\{x\\}$.""",
    """title: A plain preprint
authors: [Ada Lovelace]
arxiv: hep-th/9901001
---""",
)
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))


def bibliography(site: Path) -> tuple[Reference, ...]:
    """What the bibliography of the whole site holds."""
    settings, _ = read_settings(site)
    content = read_content(site, settings)
    files: list[Entry | PageFile] = [*content.entries, *content.pages]
    prose = {file.key: compile_prose(file, settings.dialect) for file in files}
    gists = {file.key: make_gist(file, prose[file.key], file.fingerprint) for file in files}
    gathered = gather_site(
        settings,
        content.entries,
        content.pages,
        content.static,
        prose=prose,
        gists=gists,
        now=NOW,
        drafts=True,
        future=True,
    )
    plan = plan_site(gathered, load_theme(settings, site))
    export = next(sketch.make() for sketch in plan.sketches if sketch.url == "/citations.bib")
    assert isinstance(export, Export)
    return export.references


def write(form: ExportFormat, references: tuple[Reference, ...]) -> bytes:
    """A bibliography of them."""
    return citations.join_references(
        form, [citations.write_reference(form, reference)[1].encode() for reference in references]
    )


def bring(site: Path, *documents: Path, day: str = "2019-12-06") -> None:
    for document in documents:
        assert main(["import", str(document), "--site", str(site), "--date", day]) == 0


def tell(reference: Reference) -> dict[str, Any]:
    """What must come back. A post has no journal, and the DOI that arXiv gives is an arXiv id."""
    names = replace(reference.identifiers, version=None, doi=reference.identifiers.doi.lower())
    if arxiv := identifiers.parse_arxiv(names.doi):
        names = replace(names, doi="", arxiv=arxiv[0])
    return {
        "title": reference.title,
        "authors": [person.name for person in reference.authors],
        "issued": str(reference.issued),
        "container": reference.container if reference.is_paper else "",
        "identifiers": names,
        "keywords": reference.keywords,
        "abstract": " ".join(reference.abstract.split()),
    }


@pytest.fixture(scope="module", params=["demo", "samples", "seeds", "invented"])
def references(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Reference, ...]:
    site: Path = tmp_path_factory.mktemp("site")
    match request.param:
        case "demo":
            site = ROOT
        case "invented":
            content = site / "content"
            content.mkdir()
            for number, text in enumerate(INVENTED):
                (content / f"{number}.md").write_text(
                    f"---\ndate: 2019-12-06\nkind: abstract\n{text}\n", encoding="utf-8"
                )
        case name:
            documents = SAMPLES if name == "samples" else SEEDS
            if not documents:
                pytest.skip(f"the real documents are not at {SHARED}")
            bring(site, *documents)
    return bibliography(site)


@pytest.mark.parametrize("form", FORMATS)
def test_our_import_reads_what_we_write(references: tuple[Reference, ...], form: ExportFormat, tmp_path: Path) -> None:
    document = tmp_path / f"citations.{FORMATS[form]}"
    document.write_bytes(write(form, references))
    site = tmp_path / "again"
    shutil.copytree(ROOT / "content" / "static", site / "content" / "static")
    bring(site, document)
    again = {reference.title: tell(reference) for reference in bibliography(site)}
    assert len(again) == len(references)
    for reference in references:
        told = tell(reference)
        if not reference.is_paper:
            again[reference.title]["container"] = ""
        assert again[reference.title] == told


def test_other_tools_read_what_we_write(references: tuple[Reference, ...]) -> None:
    bibtex, ris = (write(form, references).decode() for form in ("bibtex", "ris"))
    entries = parse_string(bibtex, "bibtex").entries
    assert list(entries) == [reference.key for reference in references]
    for reference, entry in zip(references, entries.values(), strict=True):
        people = entry.persons.get("author", [])
        assert [len(person.last_names) for person in people].count(0) == 0
        assert len(people) == len(reference.authors)
    records = rispy.loads(ris)
    assert [record.get("title", "") for record in records] == [reference.title for reference in references]
    assert [record.get("authors", []) == [] for record in records] == [not found.authors for found in references]


def test_identifiers_come_back_all() -> None:
    names = Identifiers(arxiv="1804.00222", doi="10.1000/1", pmid="123", pmcid="PMC1", openreview="AbCdEf123")
    assert tell(Reference("k", "article", "T", (), None, "", names, "", "", "", "", (), ""))["identifiers"] == names
