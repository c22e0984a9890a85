"""The code base and its table of problem codes tell the same: CODES in digest/model/problem.py."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from digest.model import CODES

PACKAGE = Path(__file__).resolve().parents[2] / "digest"
TABLE = PACKAGE / "model" / "problem.py"
CODE = re.compile(r"DG\d{3}")


def codes_reported() -> set[str]:
    """Every code that the code base writes as a value; one in a docstring or a comment reports nothing."""
    return {
        node.value
        for path in PACKAGE.rglob("*.py")
        if path != TABLE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def test_every_code_that_is_reported_is_in_the_table() -> None:
    assert sorted(codes_reported() - CODES.keys()) == []


def test_every_code_of_the_table_is_reported() -> None:
    assert sorted(CODES.keys() - codes_reported()) == []


def test_codes_that_docstrings_name_are_in_the_table() -> None:
    named = {code for path in PACKAGE.rglob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert sorted(named - CODES.keys()) == []
