"""The dependency rules of the house, read from the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
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
    return {module for module, _ in imports(ast.parse(path.read_text(encoding="utf-8")))}


def roots(modules: set[str]) -> set[str]:
    return {module.split(".")[0] for module in modules}


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


ALL = [pytest.param(path, id=name_of(path)) for package in PACKAGES for path in sources(package)]
MODELS = [pytest.param(path, id=name_of(path)) for path in sources("models")]


def test_there_is_something_to_check() -> None:
    assert len(MODELS) > 10
    assert len(ALL) > len(MODELS) + 10


@pytest.mark.parametrize("path", MODELS)
def test_models_know_nothing_of_the_doors(path: Path) -> None:
    doors = {"service", "fastapi", "starlette", "uvicorn", "typer", "argparse", "pydantic_settings"}
    assert not roots(imported(path)) & doors


@pytest.mark.parametrize("path", ALL)
def test_neither_package_imports_tests_training_or_benchmarks(path: Path) -> None:
    assert not roots(imported(path)) & {"tests", "training", "benchmarks"}


@pytest.mark.parametrize("name", LEAVES)
def test_leaves_import_nothing_of_ours(name: str) -> None:
    assert not roots(imported(ROOT / name)) & set(PACKAGES)


@pytest.mark.parametrize("path", ALL)
def test_only_the_http_door_imports_fastapi(path: Path) -> None:
    allowed = {f"service/{module}.py" for module in ("app", "routes", "security")}
    if name_of(path) not in allowed:
        assert "fastapi" not in roots(imported(path))


@pytest.mark.parametrize("path", ALL)
def test_network_libraries_are_imported_lazily_and_by_generation_and_profiles_only(
    path: Path,
) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lazy = in_functions(tree) | for_typing_only(tree)
    for module, statement in imports(tree):
        if module.split(".")[0] in NETWORK_LIBRARIES:
            assert name_of(path).startswith(("models/generation/", "models/profiles/"))
            assert statement in lazy, f"line {statement.lineno} imports {module} at import"


@pytest.mark.parametrize("path", ALL)
def test_only_settings_reads_the_environment(path: Path) -> None:
    if name_of(path) == "service/settings.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    environment = {"environ", "environb", "getenv", "getenvb", "putenv"}
    read = [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in environment)
        or (isinstance(node, ast.ImportFrom) and {a.name for a in node.names} & environment)
    ]
    assert not read, f"lines {read} read the environment"


@pytest.mark.parametrize("path", ALL)
def test_no_room_is_called_utils(path: Path) -> None:
    assert not {"utils", "util", "helpers", "common", "misc"} & {*path.parts, path.stem}
