"""Files, folders, addresses and standard input become text, or problems with a place."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import HEAD_SIZE, Document, Problem
from digest.sources import decode_document, explain_strays, read_documents


def read(*names: str | Path, stdin: bytes = b"", encoding: str = "") -> list[Document | Problem]:
    found = read_documents([str(name) for name in names], io.BytesIO(stdin), encoding=encoding)
    # Standard input is there only for as long as nobody asks for the next document.
    return [Document(thing.name, thing.text) if isinstance(thing, Document) else thing for thing in found]


def texts(*names: str | Path, stdin: bytes = b"") -> list[str]:
    return [document.text for document in read(*names, stdin=stdin) if isinstance(document, Document)]


def problems(*names: str | Path) -> list[Problem]:
    return [problem for problem in read(*names) if isinstance(problem, Problem)]


def file_with(folder: Path, data: bytes) -> Path:
    path = folder / "a.txt"
    path.write_bytes(data)
    return path


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c/d.md", ".hidden", ".git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert texts(tmp_path) == ["b.txt", "a/z.txt", "a/c/d.md"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = file_with(tmp_path, b"words")
    assert len(read(file, tmp_path, file)) == 1


def test_standard_input() -> None:
    assert read("-", stdin=b"words\n") == [Document("-", "words\n")]


def test_an_address_is_fetched() -> None:
    document = Document("https://example.org/a", "words")
    stdin = io.BytesIO()
    assert list(read_documents(["https://example.org/a"], stdin, fetch=lambda name: Document(name, "words"))) == [
        document
    ]
    (problem,) = read_documents(["https://example.org/a"], stdin)
    assert isinstance(problem, Problem)


def test_mark_and_line_ends_go_the_rest_stays(tmp_path: Path) -> None:
    text = "e\u0301 \u00e9\r\nline\rline\n"
    data = b"\xef\xbb\xbf" + text.encode()
    assert decode_document("a", data) == Document("a", "e\u0301 \u00e9\nline\nline\n")
    assert texts(file_with(tmp_path, data)) == ["e\u0301 \u00e9\nline\nline\n"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("one\u2028two\u2029three", "one\ntwo\n\nthree"),
        ("one\x85two", "one\ntwo"),
        ("one\u2028still one\ntwo", "one\u2028still one\ntwo"),
        ('{"text": "one\u2028two"}', '{"text": "one\u2028two"}'),
        ("one\u200b\n\u2060two\u200bthree\n", "one\ntwo\u200bthree\n"),
        ("a" + "\u200b" * 100_000, "a" + "\u200b" * 100_000),
    ],
)
def test_line_ends_of_unicode_and_what_nobody_sees_at_them(tmp_path: Path, written: str, text: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(written.encode())
    assert texts(path) == [text]


def test_blanks_without_end_are_cut() -> None:
    text = "a" + " \t" * 400 + "b" + " \u2003\xa0" * 100_000 + "c\n\n\n" + "\t" * 90_000
    document = decode_document("a", text.encode())
    assert isinstance(document, Document)
    assert document.text == "a" + " \t" * 400 + "b c\n\n\n\t"


def test_a_large_file_comes_in_pieces(tmp_path: Path) -> None:
    # A line end, a character of two bytes and a carriage return fall on every place where a piece may end.
    data = ("x" * 7 + "é\r\n" + "ß\r" + "y\r\r\n").encode() * 200_000
    (document,) = read_documents([str(file_with(tmp_path, data))], io.BytesIO())
    assert isinstance(document, Document)
    assert len(document.head) == HEAD_SIZE
    whole = data.decode().replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    assert "".join(document.pieces()) == whole
    assert list(document.lines()) == whole.split("\n")[:-1]
    assert document.text == whole


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="a\n\r\u2028é", max_size=40))
def test_lines_are_those_of_the_text(text: str) -> None:
    document = Document("a", text.replace("\r", ""))
    lines = document.text.split("\n")
    assert list(document.lines()) == (lines if lines[-1] else lines[:-1])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("schön".encode("utf-16"), "schön"),
        ("schön".encode("utf-32"), "schön"),
        ("The soil".encode("utf-16-le"), "The soil"),
        ("The soil".encode("utf-16-be"), "The soil"),
        ("<?xml encoding='ISO-8859-1'?><a>Käse</a>".encode(), "<?xml encoding='ISO-8859-1'?><a>Käse</a>"),
        ("Encoding: Latin letters in Größe".encode(), "Encoding: Latin letters in Größe"),
        (b"<?xml version='1.0' encoding='ISO-8859-2'?><a>\xb3", "<?xml version='1.0' encoding='ISO-8859-2'?><a>ł"),
        (b"<meta charset=latin-1>\x93Soil\x94", "<meta charset=latin-1>\u201cSoil\u201d"),  # as browsers read it
        (b"<meta charset=idna>\x93Soil\x94", "<meta charset=idna>\u201cSoil\u201d"),
        (b"<html><head><meta charset=koi8-r></head>\xd0", "<html><head><meta charset=koi8-r></head>п"),
        (b"% Encoding: windows-1251\n@misc{a, title={\xe4}}", "% Encoding: windows-1251\n@misc{a, title={д}}"),
        (b"A: b\nContent-Type: text/x; charset=latin2\n\n\xb3", "A: b\nContent-Type: text/x; charset=latin2\n\nł"),
        (b'<?xml version="1.0" encoding="no-such"?><a>x</a>', '<?xml version="1.0" encoding="no-such"?><a>x</a>'),
        (b'<?xml version="1.0" encoding="UTF-16"?><a>x</a>', '<?xml version="1.0" encoding="UTF-16"?><a>x</a>'),
    ],
)  # fmt: skip
def test_a_document_says_how_it_is_written(tmp_path: Path, data: bytes, text: str) -> None:
    assert texts(file_with(tmp_path, data)) == [text]


def test_the_encoding_that_is_given_is_right(tmp_path: Path) -> None:
    path = file_with(tmp_path, "д - это буква".encode("koi8-r"))
    (document,) = read(path, encoding="koi8-r")
    assert isinstance(document, Document)
    assert document.text == "д - это буква"


def test_stray_bytes_are_western_letters_and_told_with_their_place(tmp_path: Path) -> None:
    path = file_with(tmp_path, "gut\nschön ".encode() + b"\xfcber \x93alles\x94\n" * 3)
    (document,) = read_documents([str(path)], io.BytesIO())
    assert isinstance(document, Document)
    assert document.text.startswith("gut\nschön über “alles”\n")
    problem = explain_strays(document)
    assert problem is not None
    assert problem.span is not None
    assert (problem.severity, problem.code, problem.span.line, problem.span.column) == ("warning", "DG302", 2, 7)
    assert '9 bytes are not UTF-8, and read as Windows-1252, first "ü"' in problem.message
    assert explain_strays(Document("a", "b")) is None


def test_text_of_another_script_is_not_guessed_at(tmp_path: Path) -> None:
    (problem,) = problems(file_with(tmp_path, b"ok\n" + "это не западный текст".encode("koi8-r")))
    assert (problem.severity, problem.code) == ("error", "DG302")
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (2, 1)
    assert "--encoding" in problem.hint


def test_many_stray_bytes_take_no_quadratic_time(tmp_path: Path) -> None:
    data = b"caf\xe9 " * 400_000
    (document,) = read(file_with(tmp_path, data))
    assert isinstance(document, Document)
    assert document.text == "café " * 400_000


def test_control_characters_are_shown(tmp_path: Path) -> None:
    assert texts(file_with(tmp_path, b"a\x02b\x0cc\0d" + b"x" * 80)) == ["a\ufffdb c\ufffdd" + "x" * 80]


@pytest.mark.parametrize(
    ("data", "words"), [(b"a\0\0\0b", "text file"), (b"%PDF-1.7\nx", "text file"), (b"", "empty"), (b" \n", "empty")]
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    (problem,) = problems(file_with(tmp_path, data))
    assert (problem.code, problem.severity) == ("DG302", "error")
    assert words in problem.message
    assert isinstance(decode_document("a", data), Problem)


def test_a_picture_in_a_folder_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "b.txt").write_text("words")
    assert texts(tmp_path) == ["words"]
    assert [problem.severity for problem in problems(tmp_path)] == ["note"]
    assert [problem.severity for problem in problems(tmp_path / "a.png")] == ["error"]


def test_all_problems_are_gathered(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    found = problems(tmp_path / "gone", tmp_path / "pipe", tmp_path / "empty", "https://example.org/a", "a\0b")
    assert [problem.code for problem in found] == ["DG302"] * 5


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path)
    file_with(tmp_path, b"words")
    assert texts(tmp_path) == ["words"]
