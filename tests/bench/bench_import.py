"""How fast imports are: `make bench`, or `python tests/bench/bench_import.py --records 10000`.

Prints, for OAI-PMH, BibTeX and RIS, the records a second from file to Markdown, the peak memory of the process for the
file and for one of a quarter of its records, and how an idle second import compares with the first.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

# As abstracts are: mostly plain words, and here and there one that a vocabulary knows.
PLAIN_WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "we",
    "a",
    "for",
    "is",
    "that",
    "with",
    "on",
    "as",
    "by",
    "this",
    "are",
    "an",
    "be",
    "from",
    "our",
    "can",
    "which",
    "method",
    "data",
    "results",
    "show",
    "approach",
    "problem",
    "propose",
    "new",
    "based",
    "using",
    "performance",
    "between",
    "it",
    "these",
    "such",
    "also",
    "more",
    "than",
    "both",
    "have",
    "has",
    "not",
    "their",
    "when",
    "while",
    "or",
    "its",
    "into",
    "two",
    "first",
    "one",
    "each",
    "over",
    "under",
    "most",
    "many",
    "some",
    "where",
    "then",
    "used",
    "use",
    "given",
    "shown",
    "several",
    "large",
    "small",
    "high",
    "low",
    "common",
    "recent",
    "existing",
    "present",
    "paper",
    "study",
    "work",
    "find",
    "found",
    "number",
    "set",
    "case",
    "cases",
    "order",
    "number",
    "time",
    "long",
    "short",
    "across",
    "within",
    "without",
    "only",
    "however",
    "further",
    "result",
    "example",
    "general",
    "simple",
    "strong",
    "better",
    "compared",
    "allow",
    "allows",
    "provide",
    "provides",
    "show",
    "shows",
    "known",
    "unknown",
    "different",
    "similar",
    "important",
    "possible",
    "often",
    "always",
    "values",
    "value",
    "terms",
    "form",
    "forms",
    "part",
    "whole",
]
TELLING_WORDS = [
    "learning",
    "training",
    "network",
    "language",
    "images",
    "graph",
    "attention",
    "policy",
    "gradient",
    "optimization",
    "bayesian",
    "sampling",
    "protein",
    "galaxy",
    "climate",
    "quantum",
    "causal",
    "segmentation",
    "translation",
    "speech",
    "robot",
    "privacy",
    "kernel",
]
WORDS = PLAIN_WORDS * 2 + TELLING_WORDS
NAMES = ("Ada", "Alan", "Emmy", "Kurt", "Grace", "Sofia", "Carl", "Leonhard", "Maria", "Srinivasa")


def make_texts(records: int) -> Iterator[tuple[int, str, tuple[str, ...], str]]:
    """(number, title, authors, abstract) of every record; the same for the same number, on any machine."""
    draw = random.Random(records)
    for number in range(records):
        title = " ".join(draw.choices(WORDS, k=9)).title()
        authors = tuple(f"{draw.choice(NAMES)} {draw.choice(NAMES)}son" for _ in range(4))
        sentences = (" ".join(draw.choices(WORDS, k=19)).capitalize() for _ in range(10))
        yield number, title, authors, ". ".join(sentences) + f". So $x_{{{number}}} < y^2$ holds."


def write_oai(path: Path, records: int) -> None:
    """A harvest in the format `arXiv`."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n')
        file.write("<responseDate>2025-03-10T10:00:00Z</responseDate><ListRecords>\n")
        for number, title, authors, text in make_texts(records):
            arxiv = f"{10 + number // 120000:02}{1 + number // 9999 % 12:02}.{1 + number % 9999:04}"
            names = "".join(
                f"<author><keyname>{name.split()[1]}</keyname><forenames>{name.split()[0]}</forenames></author>"
                for name in authors
            )
            file.write(
                f"<record><header><identifier>oai:arXiv.org:{arxiv}</identifier><datestamp>2025-03-09</datestamp>"
                f'</header><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{arxiv}</id>'
                f"<created>2010-05-02</created><authors>{names}</authors><title>{title}</title>"
                f"<categories>cs.CL cs.AI</categories><comments>12 pages</comments>"
                f"<abstract>  {text.replace('<', '&lt;')}\n</abstract></arXiv></metadata></record>\n"
            )
        file.write("</ListRecords></OAI-PMH>\n")


def write_bibtex(path: Path, records: int) -> None:
    """Articles with abstracts, as reference managers export them."""
    with path.open("w", encoding="utf-8") as file:
        for number, title, authors, text in make_texts(records):
            file.write(
                f"@article{{key{number},\n  title = {{{title}}},\n  author = {{{' and '.join(authors)}}},\n"
                f"  journal = {{Journal of Rows}},\n  year = {{2020}},\n  volume = {{12}},\n"
                f"  doi = {{10.1000/rows.{number}}},\n  abstract = {{{text}}}\n}}\n\n"
            )


def write_ris(path: Path, records: int) -> None:
    """The same as RIS."""
    with path.open("w", encoding="utf-8") as file:
        for number, title, authors, text in make_texts(records):
            names = "".join(f"AU  - {name.split()[1]}, {name.split()[0]}\n" for name in authors)
            file.write(
                f"TY  - JOUR\nTI  - {title}\n{names}JO  - Journal of Rows\nPY  - 2020/03/01\nVL  - 12\n"
                f"DO  - 10.1000/rows.{number}\nAB  - {text}\nER  - \n\n"
            )


WRITERS: dict[str, Callable[[Path, int], None]] = {"oai-pmh": write_oai, "bibtex": write_bibtex, "ris": write_ris}


def run_import(document: Path, site: Path) -> tuple[float, int]:
    """(seconds, peak memory in MiB) of one `digest import` as a process of its own."""
    command = [sys.executable, "-m", "digest", "import", str(document), "--site", str(site)]
    start = perf_counter()
    process = os.posix_spawn(
        sys.executable, command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(f"{' '.join(command)}: status {status}")
    return perf_counter() - start, usage.ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2000)
    arguments = parser.parse_args()
    records: int = arguments.records
    print(f"{records} records        records/s   peak MiB   of a quarter   idle run / first")  # noqa: T201 - it prints
    for name, write in WRITERS.items():
        with tempfile.TemporaryDirectory() as folder:
            document, small = Path(folder, "all"), Path(folder, "quarter")
            write(document, records)
            write(small, records // 4)
            first, peak = run_import(document, Path(folder, "site"))
            idle, _ = run_import(document, Path(folder, "site"))
            _, quarter = run_import(small, Path(folder, "other"))
            line = f"{name:<20} {records / first:>9.0f} {peak:>10} {quarter:>14} {idle / first:>12.2f} ({idle:.1f} s)"
            print(line, flush=True)  # noqa: T201 - likewise


if __name__ == "__main__":
    main()
