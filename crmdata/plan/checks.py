"""What all files of the plan are checked for: empty cells, repeated codes, gaps, translations."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crmdata.errors import N_, Problem
from crmdata.plan.sheets import PlanRow, read_sheet


class Checks:
    """What was read so far of one folder, and what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.english: dict[tuple[str, str], str] = {}
        self.used: set[tuple[str, str]] = set()

    def _rows(
        self,
        name: str,
        columns: tuple[str, ...],
        optional: tuple[str, ...] = (),
        *,
        years: bool = False,
    ) -> list[PlanRow]:
        rows, problems = read_sheet(self.folder / name, columns, optional, years=years)
        self.problems += problems
        return rows

    def _wrong(self, rule: str, message: str, row: PlanRow, field: str, way_out: str = "") -> None:
        self.problems.append(
            Problem(rule, message, way_out, row.file, row.number, field, row.get(field, ""))
        )

    def _present(self, **tables: list[dict[str, Any]]) -> None:
        """Check that a plan has something of each level; a file that could not be read says so."""
        wrong = {problem.file for problem in self.problems}
        for name, rows in tables.items():
            if not rows and f"{name}.csv" not in wrong:
                message, way_out = N_("the file has no row."), N_("Write at least one.")
                self.problems.append(Problem("no_row", message, way_out, f"{name}.csv"))

    def _required(self, row: PlanRow, *fields: str) -> None:
        for field in fields:
            if not row[field]:
                self._wrong("empty", N_("must not be empty."), row, field)

    def _once(self, rows: list[PlanRow], *fields: str) -> list[PlanRow]:
        """Return the rows whose key stands for the first time; name the others."""
        seen: dict[tuple[str, ...], PlanRow] = {}
        for row in rows:
            key = tuple(row[field] for field in fields)
            if key in seen:
                self._wrong(
                    "duplicate",
                    N_("stands in an earlier row already."),
                    row,
                    fields[-1],
                    N_("Each code stands once."),
                )
            seen.setdefault(key, row)
        return list(seen.values())

    def _number(self, row: PlanRow, field: str) -> int:
        if re.fullmatch(r"[0-9]{1,4}", row[field]):
            return int(row[field])
        self._wrong("not_a_number", N_("is not a whole number."), row, field)
        return 0

    def _translation(self, code: str, field: str) -> str:
        self.used.add((code, field))
        return self.english.get((code, field), "")

    def _numbered(
        self, rows: list[PlanRow], field: str, expected: Callable[[PlanRow], str]
    ) -> None:
        """Check that codes follow each other without a gap, in the file's order."""
        for row in rows:
            code = expected(row)
            if row[field] != code:
                self.problems.append(
                    Problem(
                        "gap",
                        N_("the numbering has a gap: {expected} was expected here."),
                        N_("Add the missing row, or number the rows without a gap."),
                        row.file,
                        row.number,
                        field,
                        row[field],
                        {"expected": code},
                    )
                )
                return  # every later row would be off by the same gap

    def _read_english(self) -> None:
        for row in self._once(
            self._rows("english.csv", ("code", "field", "text")), "code", "field"
        ):
            self.english[row["code"], row["field"]] = row["text"]
            self._required(row, "text")

    def _unused_english(self) -> None:
        for code, field in sorted(self.english.keys() - self.used):
            self.problems.append(
                Problem(
                    "unknown_code",
                    N_("translates “{field}” of {code}, which the plan does not have."),
                    N_("Correct the code or the field, or remove the row."),
                    "english.csv",
                    values={"field": field, "code": code},
                )
            )

    def _toml_value(
        self, toml: dict[str, Any], name: str, kind: type, instead: Any, *, empty: bool = False
    ) -> Any:
        value = toml.get(name)
        if type(value) is kind and (empty or value != ""):
            return value
        self.problems.append(
            Problem(
                "bad_value",
                N_("is missing or not of the kind expected ({kind})."),
                file="plan.toml",
                field=name,
                value=value,
                values={"kind": kind.__name__},
            )
        )
        return instead


def successor(field: str) -> Callable[[PlanRow], str]:
    """Return a check of dotted codes: each continues its parent's count, starting at 1."""
    counts: dict[str, int] = {}

    def expected(row: PlanRow) -> str:
        parent = row[field].rpartition(".")[0]
        counts[parent] = counts.get(parent, 0) + 1
        return f"{parent}.{counts[parent]}"

    return expected
