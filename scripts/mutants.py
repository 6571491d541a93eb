"""Change the code a little, thousands of times, and see that the tests beside it notice.

`make mutants` runs mutmut over the modules of `[tool.mutmut]` and compares what is left alive
with tests/mutants.toml, where each survivor has its reason. It goes on where it was stopped;
`make mutants ARGS=crmdata.measures.cells` tries one module, or a package, alone.
"""

import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import hypothesis
import libcst as cst
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.mutation import file_mutation, mutators
from mutmut.mutation.data import SourceFileMutationData
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

TOLD = Path("tests/mutants.toml")
FLOOR = 0.9
WORKERS = 2
NOTICED = ("killed", "timeout")

# What a test must notice is a decision that changed: a border, an equality, a condition, a
# number, an option left out. Left out here: None for an argument and a required argument gone,
# which mypy refuses; other letters in a string, which the catalogues and every column's reader
# notice at once. They are nine in ten of mutmut's own, and hours.
LEFT_OUT = (mutators.operator_string, mutators.operator_assignment, mutators.operator_arg_removal)

# The borders that pandas writes as methods.
SWAPS = {
    "eq": "ne", "ne": "eq", "lt": "le", "le": "lt", "gt": "ge", "ge": "gt",
    "isna": "notna", "notna": "isna", "any": "all", "all": "any", "min": "max", "max": "min",
    "head": "tail", "cumcount": "count",
}  # fmt: skip


def other_method(node: cst.Call) -> Iterator[cst.Call]:
    """Yield the call of the opposite comparison: `a.lt(b)` as `a.le(b)`."""
    if isinstance(node.func, cst.Attribute) and (other := SWAPS.get(node.func.attr.value)):
        yield node.with_changes(func=node.func.with_changes(attr=cst.Name(other)))


# `strict` guards against a slip of ours, and linting asks for it; `dtype` is what pandas finds by
# itself in anything but an empty list.
NO_DECISION = {"strict", "dtype"}


def option_left_out(node: cst.Call) -> Iterator[cst.Call]:
    """Yield the call without each of its named arguments, so that the default holds."""
    for place, given in enumerate(node.args):
        if given.keyword is not None and given.keyword.value not in NO_DECISION:
            yield node.with_changes(args=[*node.args[:place], *node.args[place + 1 :]])


# mutmut leaves every function with a decorator alone. These only keep or name an answer; of a
# function that has one the decorator stays outside, and what it decorates is changed.
OUTSIDE = {"lru_cache", "cache", "cached_property", "property"}


def has_outside(node: cst.CSTNode) -> bool:
    """Tell whether this is a function whose only decorator can stay outside of the change."""
    if not isinstance(node, cst.FunctionDef) or len(node.decorators) != 1:
        return False
    used = node.decorators[0].decorator
    name = used.func if isinstance(used, cst.Call) else used
    return isinstance(name, cst.Name) and name.value in OUTSIDE


class Visitor(file_mutation.MutationVisitor):
    """Visits the functions too whose decorator stays outside."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        return not has_outside(node) and super()._skip_node_and_children(node)


arrange = file_mutation.function_trampoline_arrangement


def arrange_inside(
    function: cst.FunctionDef,
    mutants: Iterable[file_mutation.Mutation],
    class_name: str | None,
) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any], Sequence[str]]:
    """Return what mutmut makes of a function, its copies without what stays outside."""
    before, (choice, *copies), after, names = arrange(function, mutants, class_name)
    if has_outside(function):
        copies = [copy.with_changes(decorators=()) for copy in copies]
    return before, (choice, *copies), after, names


def operators() -> list[tuple[type, object]]:
    """Return the ways in which code is changed."""
    theirs = [(kind, do) for kind, do in mutators.mutation_operators if do not in LEFT_OUT]
    return [*theirs, (cst.Call, other_method), (cst.Call, option_left_out)]


def forget_other_changes() -> None:
    """Begin anew where mutants were made in other ways: what is known of them goes by number."""
    ways = repr((version("mutmut"), [do.__name__ for do in LEFT_OUT], SWAPS,
                 sorted(NO_DECISION), sorted(OUTSIDE)))  # fmt: skip
    note = Path("mutants/ways")
    if not note.exists() or note.read_text("utf-8") != ways:
        shutil.rmtree("mutants", ignore_errors=True)
        note.parent.mkdir()
        note.write_text(ways, "utf-8")


@dataclass(frozen=True)
class Mutant:
    """One change: in which function, to what, and what became of it."""

    key: str
    module: str
    where: str
    change: str
    status: str


def mutants() -> Iterator[Mutant]:
    """Yield every mutant with what is known of it; its change only where it lives."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        module = ".".join(path.with_suffix("").parts)
        for key, code in data.exit_code_by_key.items():
            name, of_class = orig_function_and_class_names_from_key(key)
            where = f"{module}.{of_class}.{name}" if of_class else f"{module}.{name}"
            status = status_by_exit_code[code]
            yield Mutant(key, module, where, "" if status in NOTICED else change(key, path), status)


def change(key: str, path: Path) -> str:
    """Return what a mutant changes: the lines of the code → its own, each on one line."""
    lines = mutmut.get_diff_for_mutant(key, path=path).splitlines()[2:]
    before, after = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return f"{before} → {after}"


def try_again(keys: set[str]) -> None:
    """Forget what became of these mutants, since the tests may have learnt."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        if again := keys & data.exit_code_by_key.keys():
            data.exit_code_by_key |= dict.fromkeys(again)
            data.save()


@dataclass(frozen=True)
class Reason:
    """Why mutants may live: those of a function, or of any, whose change holds one of these."""

    where: str
    changes: tuple[str, ...]
    why: str

    def speaks_of(self, mutant: Mutant) -> bool:
        """Tell whether this is a mutant's reason."""
        return self.where in {"", mutant.where} and any(
            change in mutant.change for change in self.changes
        )


def explained(rows: list[dict[str, Any]]) -> list[Reason]:
    """Return the reasons as they are written down."""
    return [Reason(row.get("where", ""), tuple(row["changes"]), row["why"]) for row in rows]


def report(found: list[Mutant], due: list[Reason], reasons: list[Reason]) -> list[str]:
    """Print a row a module and every survivor without a reason; return what is wrong.

    `due` are the reasons for which there must be a survivor.
    """
    print(f"\n{'':28}mutants noticed explained  left")
    for module, of_module in groupby(found, lambda mutant: mutant.module):
        print(row(module, list(of_module), reasons))
    print(row("all", found, reasons))
    alive = [mutant for mutant in found if mutant.status not in NOTICED]
    left = [mutant for mutant in alive if not any(why.speaks_of(mutant) for why in reasons)]
    for mutant in left:
        print(f"\n# {mutant.status}: {mutant.key}\n{mutant.where}: {mutant.change}")
    share = 1 - len(alive) / max(1, len(found))
    return [
        *([f"{len(left)} are left without a reason in {TOLD}."] if left else []),
        *(
            f"No survivor has this reason any more: {why}"
            for why in due
            if not any(why.speaks_of(mutant) for mutant in alive)
        ),
        *([f"{share:.1%} were noticed, under {FLOOR:.0%}."] if share < FLOOR else []),
    ]


def row(name: str, found: list[Mutant], reasons: list[Reason]) -> str:
    """Return a module's numbers."""
    alive = [mutant for mutant in found if mutant.status not in NOTICED]
    told = sum(any(why.speaks_of(mutant) for why in reasons) for mutant in alive)
    noticed = len(found) - len(alive)
    share = f"{noticed / len(found):4.0%}"
    return f"{name:28} {len(found):5} {noticed:5} {share} {told:5} {len(alive) - told:7}"


def within(name: str, asked: list[str]) -> bool:
    """Tell whether a name is of one of the modules or packages asked for; of all without any."""
    return not asked or any(f"{name}.".startswith(f"{each}.") for each in asked)


def ask_only(beside: Mapping[str, Sequence[str]]) -> None:
    """Have a change tried by those tests alone that stand beside its package."""
    config().pytest_add_cli_args_test_selection = sorted({*chain(*beside.values())})
    load_stats = mutmut.collect_or_load_stats

    def load_and_leave_out(*given: Any, **named: Any) -> None:
        load_stats(*given, **named)
        reached = state().tests_by_mangled_function_name
        for function, tests in reached.items():
            files = next(files for name, files in beside.items() if within(function, [name]))
            reached[function] = {test for test in tests if test.partition("::")[0] in files}

    mutmut.collect_or_load_stats = load_and_leave_out


def main(asked: list[str]) -> int:
    """Run what was asked for, or what is left to run, and compare."""
    told = tomllib.loads(TOLD.read_text("utf-8"))
    forget_other_changes()
    file_mutation.mutation_operators = operators()
    file_mutation.MutationVisitor = Visitor
    file_mutation.function_trampoline_arrangement = arrange_inside
    # The same few worlds each time, and no search for the smallest one: to fail is enough.
    hypothesis.settings.register_profile(
        "mutants", max_examples=5, derandomize=True, deadline=None, database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )  # fmt: skip
    hypothesis.settings.load_profile("mutants")
    ask_only(told["beside"])
    reasons = explained(told["alive"])
    found = [mutant for mutant in mutants() if within(mutant.module, asked)]
    alive = [mutant for mutant in found if mutant.status not in NOTICED]
    try_again({m.key for m in alive if not any(why.speaks_of(m) for why in reasons)})
    mutmut._run([f"{name}.*" for name in asked], WORKERS)  # noqa: SLF001 - its command line's
    wrong = report(
        [mutant for mutant in mutants() if within(mutant.module, asked)],
        [why for why in reasons if within(why.where, asked)],
        reasons,
    )
    print("", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
