"""Whatever a server does: what came is kept, what is wrong is said, and nothing is forgotten before it is filed.

DG701, DG702 and DG703 have their cases here: "DG701" a source could not be fetched, "DG702" a batch is stale, "DG703"
an answer is incomplete; "DG704" is in test_memories.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fault_cases import CASES
from fetch_runs import Case, run_case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault(case: Case, tmp_path: Path) -> None:
    outcome, after = run_case(case, tmp_path)
    assert (outcome.kept, outcome.codes, outcome.exit) == (case.kept, case.codes, case.exit), outcome.report
    assert case.says in outcome.said
    assert all("plants: " in problem["message"] and problem["hint"] for problem in outcome.report["problems"])
    if after is not None:
        assert (after.kept, after.codes, after.exit) == (case.again, (), 0), after.report


def test_every_case_has_its_own_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
