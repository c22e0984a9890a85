"""Print every fault and what came of it, as a table: `python tests/fetching/fault_table.py`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]


def main() -> None:
    """One row a fault, as it happens now."""
    from fault_cases import CASES
    from fetch_runs import run_case

    sys.stdout.write("| fault | kept | said | exit | then, without it |\n")
    sys.stdout.write("|---|---|---|---|---|\n")
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            outcome, after = run_case(case, Path(folder))
        said = "; ".join(
            f"{problem['code']} {problem['message'].removeprefix('plants: ')}" for problem in outcome.report["problems"]
        )
        said = re.sub(r"http://127\.0\.0\.1:\d+(/\w*)[^\s,]*", r"…\1", said).replace("|", "\\|")
        then = "" if after is None else f"{after.kept} more, exit {after.exit}"
        sys.stdout.write(f"| {case.name} | {outcome.kept} of {case.due} | {said} | {outcome.exit} | {then} |\n")


if __name__ == "__main__":
    main()
