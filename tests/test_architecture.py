"""The dependency rules of the house, read from the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("models", "service")
NETWORK_LIBRARIES = {"torch", "transformers", "ctranslate2", "llama_cpp"}
LEAVES = ("models/documents.py", "models/errors.py")


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """Every absolute module name a tree imports, with the statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import at line {node.lineno}"
            yield node.module or "", node


def imported(path: Path) -> set[str]:
    return {module for module, _ in imports(parse(path))}


def in_functions(tree: ast.AST) -> set[ast.AST]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        inner for node in ast.walk(tree) if isinstance(node, functions) for inner in ast.walk(node)
    }


def for_typing_only(tree: ast.AST) -> set[ast.AST]:
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }


MODELS = sources("models")
ALL = [*MODELS, *sources("service")]


def importing(paths: list[Path], forbidden: set[str]) -> list[str]:
    """Which of ``paths`` import what, of all that is forbidden them."""
    return [
        f"{name_of(path)} imports {module}"
        for path in paths
        for module in sorted(imported(path))
        if module.split(".")[0] in forbidden
    ]


def test_there_is_something_to_check() -> None:
    assert len(MODELS) > 10
    assert len(ALL) > len(MODELS) + 10


def test_models_know_nothing_of_the_doors() -> None:
    doors = {"service", "fastapi", "starlette", "uvicorn", "typer", "argparse", "pydantic_settings"}
    assert not importing(MODELS, doors)


def test_neither_package_imports_tests_training_or_benchmarks() -> None:
    assert not importing(ALL, {"tests", "training", "benchmarks"})


def test_leaves_import_nothing_of_ours() -> None:
    assert not importing([ROOT / name for name in LEAVES], set(PACKAGES))


def test_only_the_http_door_imports_fastapi() -> None:
    allowed = {f"service/{module}.py" for module in ("app", "routes", "security")}
    others = [path for path in ALL if name_of(path) not in allowed]
    assert not importing(others, {"fastapi", "fastapi_offline"})


def test_network_libraries_are_imported_by_generation_and_profiles_only() -> None:
    rooms = ("models/generation/", "models/profiles/")
    others = [path for path in ALL if not name_of(path).startswith(rooms)]
    assert not importing(others, NETWORK_LIBRARIES)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_network_libraries_are_imported_when_they_are_needed(path: Path) -> None:
    tree = parse(path)
    lazy = in_functions(tree) | for_typing_only(tree)
    early = [
        f"line {statement.lineno}: {module}"
        for module, statement in imports(tree)
        if module.split(".")[0] in NETWORK_LIBRARIES and statement not in lazy
    ]
    assert not early


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_only_settings_reads_the_environment(path: Path) -> None:
    environment = {"environ", "environb", "getenv", "getenvb", "putenv"}
    read = [
        f"line {node.lineno}"
        for node in ast.walk(parse(path))
        if (isinstance(node, ast.Attribute) and node.attr in environment)
        or (isinstance(node, ast.ImportFrom) and {a.name for a in node.names} & environment)
    ]
    assert not read or name_of(path) == "service/settings.py"


def test_no_room_is_called_utils() -> None:
    vague = {"utils", "util", "helpers", "common", "misc"}
    assert not [name_of(path) for path in ALL if vague & {*path.parts, path.stem}]
