"""The laws of the house that the import contracts cannot say. Each reads the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "marula"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
FEATURES = sorted(path.name for path in (SOURCE / "domain").iterdir() if (path / "__init__.py").exists())

SQL = re.compile(
    r"^\s*(select|insert into|update|delete from|with)\s.*\b(from|into|set|as)\b", re.IGNORECASE | re.DOTALL
)
SQL_HOMES = (
    "store.py",
    "store",
    "migrations",
    "embedded.py",
    "live.py",
    "log.py",
    "worker.py",
    "tables.py",
    "health.py",
)
"""Stores; and in base, where the statements of a mechanism are the mechanism."""


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports from, and the names where they may be modules."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def inner_modules(feature: str) -> set[str]:
    return {
        f"marula.domain.{feature}.{path.stem}"
        for path in (SOURCE / "domain" / feature).glob("*.py")
        if path.stem != "__init__"
    } | {f"marula.domain.{feature}.store"}


OPEN = {"marula.domain.users.permissions", "marula.domain.apps.scopes"} | {
    f"marula.domain.{feature}.rules" for feature in FEATURES
}
"""Pure modules that a front door exports whole."""


@pytest.mark.parametrize("feature", FEATURES)
def test_nobody_outside_a_feature_imports_past_its_front_door(feature: str) -> None:
    closed = inner_modules(feature) - OPEN
    home = SOURCE / "domain" / feature
    broken = [
        f"{path.relative_to(SOURCE)}: {module}"
        for path in FILES
        if home not in path.parents
        for module in imports(path)
        if module in closed and not module.endswith(".tables")
    ]
    assert broken == []


def test_sql_stands_in_stores_only() -> None:
    broken = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in FILES
        if not any(home in path.parts or path.name == home for home in SQL_HOMES)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
        if not _is_docstring(path, node)
    ]
    assert broken == []


def test_only_the_pool_begins_and_ends_transactions() -> None:
    words = re.compile(r"\b(commit|rollback)\(\)")
    broken = [str(path.relative_to(SOURCE)) for path in FILES if words.search(path.read_text())]
    assert broken == []


def test_times_are_aware() -> None:
    naive = re.compile(r"datetime\.(utcnow|utcfromtimestamp)\(|datetime\.now\(\)")
    broken = [str(path.relative_to(SOURCE)) for path in FILES if naive.search(path.read_text())]
    assert broken == []


def test_rules_are_pure() -> None:
    forbidden = ("marula.base.db", "marula.base.jobs", "marula.base.events", "asyncpg", "aiohttp")
    broken = [
        f"{path.relative_to(SOURCE)}: {module}"
        for path in FILES
        if path.name == "rules.py"
        for module in imports(path)
        if module.startswith(forbidden)
    ]
    assert broken == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "misc", "manager", "service"}
    assert [str(path.relative_to(SOURCE)) for path in FILES if path.stem in empty] == []


TOKENS_ALLOW = re.compile(
    r"""
    update\s+users\s+set\b[^;]*?\b(disabled|approved|confirmed_at|role_id|locale|chosen_languages)\s*=
    | update\s+accounts\b[^;]*?\bsuspended_at\s*=
    | update\s+tokens\b[^;]*?\b(revoked_at|expires_at|scopes)\s*=
    | delete\s+from\s+(users|accounts|tokens|apps)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Statements that change what `apps.caller` gives."""


def test_whoever_changes_what_tokens_allow_says_so() -> None:
    broken: list[str] = []
    for path in FILES:
        functions = {node.name: node for node in parsed(path).body if isinstance(node, ast.AsyncFunctionDef)}
        tellers = {name for name, node in functions.items() if "callers_changed" in _called(node)}
        broken += [
            f"{path.relative_to(SOURCE)}: {name}"
            for name, node in functions.items()
            if name not in tellers and not tellers & _called(node) and TOKENS_ALLOW.search(ast.unparse(node))
        ]
    assert broken == []


def _called(node: ast.AST) -> set[str]:
    """The last names of what is called inside."""
    called = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    names = {func.id for func in called if isinstance(func, ast.Name)}
    return names | {func.attr for func in called if isinstance(func, ast.Attribute)}


def _is_docstring(path: Path, node: ast.Constant) -> bool:
    lines = path.read_text().splitlines()
    return lines[node.lineno - 1].lstrip().startswith('"""')
