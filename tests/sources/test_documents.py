"""Files, folders and standard input become text, or problems with a place."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from digest.model import Document, Problem
from digest.sources import Documents, decode_document, read_documents


def read(*names: str | Path, stdin: bytes = b"") -> Documents:
    return read_documents([str(name) for name in names], io.BytesIO(stdin))


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c/d.md", ".hidden", ".git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    found = read(tmp_path)
    assert [document.text for document in found.documents] == ["b.txt", "a/z.txt", "a/c/d.md"]
    assert found.problems == ()


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("words")
    assert len(read(file, tmp_path, file).documents) == 1


def test_standard_input() -> None:
    assert read("-", stdin=b"words\n").documents == (Document("-", "words\n"),)


def test_mark_and_line_ends_go_the_rest_stays() -> None:
    text = "e\u0301 \u00e9\r\nline\rline\n"
    decoded = decode_document("a", b"\xef\xbb\xbf" + text.encode())
    assert decoded == Document("a", "e\u0301 \u00e9\nline\nline\n")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_wrong_byte_has_its_place(mark: bytes) -> None:
    problem = decode_document("a.txt", mark + "gut\nschön ".encode() + b"\xfcber\n")
    assert isinstance(problem, Problem)
    assert problem.span is not None
    assert (problem.code, problem.span.line, problem.span.column) == ("DG302", 2, 7)
    assert "0xFC" in problem.message


@pytest.mark.parametrize(
    ("data", "words"), [(b"a\0b", "text file"), ("ä".encode("utf-16"), "UTF-16"), (b"", "empty"), (b" \n", "empty")]
)
def test_what_is_no_text_is_refused(data: bytes, words: str) -> None:
    problem = decode_document("a.txt", data)
    assert isinstance(problem, Problem)
    assert problem.code == "DG302"
    assert words in problem.message


def test_all_problems_are_gathered(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    found = read(tmp_path / "gone", tmp_path / "pipe", tmp_path / "empty", "https://example.org/a", "a\0b")
    assert [problem.code for problem in found.problems] == ["DG302"] * 5
    assert found.documents == ()


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text("words")
    found = read(tmp_path)
    assert [document.text for document in found.documents] == ["words"]
