"""Write docs/messages.md: every sentence that is said of a file, by the rule that says it.

Run by `make catalogues`; tests/test_messages.py holds the result. The code is read, not run: what
a call gets as rule, sentence and way out is looked up where the names in it were given their
values. A sentence for which no rule is found stands at the end of its module, so that none is left
out.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crmdata.i18n import words_for
from scripts.catalogues import ROOT

DOCUMENT = ROOT / "docs" / "messages.md"
INTAKE = ROOT / "crmdata" / "intake"

_HEAD = """\
# What is said of a file

Every sentence that somebody may read of a file that is handed in: the rule that says it, as tests
and logs name it, what it says, and what there is to do. File, sheet, row and column stand before
it, as the reader's own program shows them. Made from the code by `make catalogues`;
`tests/test_messages.py` keeps it true.
"""
_COLUMNS = ("", "Frase", "Qué hacer", "Sentence", "What to do")

_GIVEN = ("rule", "message", "way_out")
"""What a call is given that says something, by the names of the parameters."""


class Saying(NamedTuple):
    """A sentence, its way out, and the rule that says it; an empty rule where none was found."""

    rule: str
    sentence: str
    way_out: str


class _Module:
    """A module of the intake, with what its names stand for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text("utf-8"))
        self.constants = _assigned(self.tree.body)
        self.imported = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    @property
    def title(self) -> str:
        """The first line of what the module says of itself."""
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]


@cache
def modules() -> dict[str, _Module]:
    """Return the modules that say something of a file, by their dotted names."""
    found = {}
    for path in sorted(INTAKE.rglob("*.py")):
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[dotted.removesuffix(".__init__")] = _Module(path)
    return found


def _assigned(body: list[ast.stmt]) -> dict[str, list[ast.expr]]:
    """Return what names are given in a module or function."""
    found: dict[str, list[ast.expr]] = {}
    for node in (node for each in body for node in ast.walk(each)):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name, value in _pairs(target, node.value):
                    found.setdefault(name, []).append(value)
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case ast.Tuple(elts=names), ast.Tuple(elts=values) if len(names) == len(values):
            for name, one in zip(names, values, strict=True):
                yield from _pairs(name, one)


class _Scope:
    """A function, and one row of the tables that it goes through."""

    def __init__(self, module: _Module, function: ast.FunctionDef | None) -> None:
        self.module = module
        self.function = function
        self.own = _assigned(function.body) if function else {}

    @property
    def parameters(self) -> list[str]:
        """The names of what the function is given."""
        if self.function is None:
            return []
        return [each.arg for each in (*self.function.args.args, *self.function.args.kwonlyargs)]

    def rows(self) -> Iterator["_Scope"]:
        """Yield the scope for each row of a table whose parts it takes apart, else itself."""
        tables = [] if self.function is None else list(_taken_apart(self.function))
        yield self
        for names, source in tables:
            for row in self._rows_of(source):
                if len(row) == len(names):
                    scope = _Scope(self.module, self.function)
                    parts = ([part] for part in row)
                    scope.own = {**self.own, **dict(zip(names, parts, strict=True))}
                    yield scope

    def _rows_of(self, source: ast.expr) -> Iterator[list[ast.expr]]:
        if isinstance(source, ast.Subscript):
            source = source.value
        for table in self.values(source):
            parts = table.values if isinstance(table, ast.Dict) else getattr(table, "elts", [])
            yield from (part.elts for part in parts if isinstance(part, ast.Tuple))

    def values(self, node: ast.expr, depth: int = 0) -> list[ast.expr]:
        """Return what an expression may stand for, as far as the code tells."""
        if depth > 6:
            return []
        match node:
            case ast.Name(id=name):
                return [value for each in self._named(name)
                        for value in each[0].values(each[1], depth + 1)]  # fmt: skip
            case ast.IfExp(body=body, orelse=other):
                return [*self.values(body, depth), *self.values(other, depth)]
            case ast.Subscript(value=table):
                dicts = [one for one in self.values(table, depth + 1) if isinstance(one, ast.Dict)]
                return [part for one in dicts for value in one.values
                        for part in self.values(value, depth + 1)]  # fmt: skip
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                module = self._imported_module(owner)
                scope = _Scope(module, None) if module else None
                return scope.values(ast.Name(name), depth + 1) if scope else []
        return [node]

    def _named(self, name: str) -> Iterator[tuple["_Scope", ast.expr]]:
        if name in self.own:
            yield from ((self, value) for value in self.own[name])
        elif self.function and name in self.parameters:
            yield from _given(self.module, self.function, name)
        elif name in self.module.constants:
            yield from ((_Scope(self.module, None), v) for v in self.module.constants[name])
        elif name in self.module.imported:
            source, original = self.module.imported[name]
            module = modules().get(source)
            if module:
                yield _Scope(module, None), ast.Name(original)

    def _imported_module(self, name: str) -> _Module | None:
        source, original = self.module.imported.get(name, ("", ""))
        return modules().get(f"{source}.{original}")


def _taken_apart(function: ast.FunctionDef) -> Iterator[tuple[list[str], ast.expr]]:
    """Yield the names into which a function takes rows of a table apart, and the table."""
    for node in ast.walk(function):
        match node:
            case ast.For(target=ast.Tuple(elts=names), iter=source):
                pass
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=source):
                pass
            case _:
                continue
        yield [name.id for name in names if isinstance(name, ast.Name)], source


def _given(
    module: _Module, function: ast.FunctionDef, name: str
) -> Iterator[tuple[_Scope, ast.expr]]:
    """Yield what a parameter gets: its default, and what calls of the function give."""
    names, defaults = [each.arg for each in function.args.args], function.args.defaults
    if name in names[len(names) - len(defaults) :]:
        place = names.index(name) - len(names) + len(defaults)
        yield _Scope(module, None), defaults[place]
    if name not in names:
        return
    place = names.index(name)
    for caller, scope in _functions():
        for node in ast.walk(caller):
            if not isinstance(node, ast.Call) or _called(node) != function.name:
                continue
            own = place - (names[0] == "self" and isinstance(node.func, ast.Attribute))
            if own < len(node.args):
                yield scope, node.args[own]


@cache
def _functions() -> list[tuple[ast.FunctionDef, _Scope]]:
    return [
        (node, _Scope(module, node))
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
    ]


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _text(node: ast.expr) -> str:
    """Return the message that stands in a call of `N_`, else an empty text."""
    match node:
        case ast.Call(func=ast.Name(id="N_"), args=[argument]):
            return str(ast.literal_eval(argument))
    return ""


def _rule(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "*" for part in parts)
    return ""


@cache
def _places() -> dict[str, tuple[int, ...]]:
    """Return where rule, message and way out stand in calls of what takes a rule, by its name."""
    found = {"Problem": (0, 1, 2)}
    for function, _ in _functions():
        names = [each.arg for each in function.args.args if each.arg not in {"self", "cls"}]
        if {"rule", "message"} <= set(names):
            found[function.name] = tuple(names.index(n) for n in _GIVEN if n in names)
    return found


def sayings(module: _Module) -> list[Saying]:
    """Return what a module says, in the order in which it stands there."""
    found: dict[Saying, None] = {}
    for function, scope in _functions():
        if scope.module is module:
            for row in scope.rows():
                for node in ast.walk(function):
                    if isinstance(node, ast.Call):
                        found.update(dict.fromkeys(_of_call(node, row)))
    found.update(dict.fromkeys(_of_tables(module)))
    return list(found)


def _of_tables(module: _Module) -> Iterator[Saying]:
    """Yield what rows of tables say, a rule first or as their key."""
    whole = _Scope(module, None)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Tuple) and len(node.elts) > 1:
            yield from _of_row(node.elts[0], node.elts[1:], whole)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                for row in whole.values(value):
                    yield from _of_row(key, getattr(row, "elts", []), whole)


def _of_row(rule: ast.expr | None, parts: list[ast.expr], scope: _Scope) -> Iterator[Saying]:
    """Yield what a row of a table says: its rule, a sentence and perhaps a way out."""
    texts = [text for part in parts for text in map(_text, scope.values(part)[:1])]
    if rule is not None and _rule(rule) and texts and texts[0]:
        yield Saying(_rule(rule), texts[0], texts[1] if len(texts) > 1 else "")


def document() -> str:
    """Return the text of docs/messages.md."""
    by_module = {name: sayings(module) for name, module in modules().items()}
    told = {text for said in by_module.values() for each in said for text in each[1:]}
    parts = [_HEAD]
    for name, module in modules().items():
        texts = [_text(node) for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
        alone = dict.fromkeys(text for text in texts if text and text not in told)
        said = [*by_module[name], *(Saying("", text, "") for text in alone)]
        if said:
            place = name.removeprefix("crmdata.").replace(".", "/")
            parts.append(f"\n## {module.title}\n\n`{place}`\n\n{_table(said)}")
    return "".join(parts)


def _of_call(node: ast.Call, scope: _Scope) -> Iterator[Saying]:
    places = _places().get(_called(node))
    if places is None or len(node.args) <= places[1]:
        return
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    given = [node.args[n] if n < len(node.args) else None for n in (*places, len(node.args))[:3]]
    rule, message, way = given[0], given[1], named.get("way_out") or given[2]
    if rule is None or message is None:
        return
    if isinstance(rule, ast.Name) and rule.id in scope.parameters:
        return  # what passes on what it was given is told where it was given
    rules = list(filter(None, map(_rule, scope.values(rule))))
    sentences = list(filter(None, map(_text, scope.values(message))))
    ways = list(filter(None, map(_text, scope.values(way)))) if way else []
    for sentence in sentences if rules else []:
        yield from (Saying(rules[0], sentence, way_out) for way_out in ways or [""])


def _table(said: list[Saying]) -> str:
    es = words_for("es")
    rows = [_COLUMNS, ("---",) * len(_COLUMNS)]
    for each in said:
        rule = f"`{each.rule}`" if each.rule else ""
        spanish = [es(text) if text else "" for text in each[1:]]
        rows.append((rule, *spanish, *each[1:]))
    return "".join("| " + " | ".join(map(cell, row)) + " |\n" for row in rows)


def cell(text: str) -> str:
    """Return a text as a cell of the document."""
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write the document anew."""
    DOCUMENT.write_text(document(), "utf-8")


if __name__ == "__main__":
    main()
