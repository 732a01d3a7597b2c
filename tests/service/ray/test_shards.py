"""Shards are whole or not there, and what is in them is known without reading rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.batch.rows import ErrorView, Row
from service.faults import UsageFault
from service.ray.shards import ShardFolder, shard_name

KEYS = [bytes([at]) * 16 for at in range(4)]


def row(id: int, code: str = "") -> Row:
    return Row(id=id, error=ErrorView(code=code, detail="x") if code else None)


ROWS = [row(0), row(1, "not_korean"), row(2, "server_unavailable"), row(3)]


def never(code: str) -> bool:
    return False


@pytest.fixture(params=[".jsonl", ".parquet"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> ShardFolder:
    folder = ShardFolder(tmp_path / "out", request.param)
    folder.claim({"fingerprint": "f"})
    return folder


def ids(folder: ShardFolder) -> list[str]:
    """The ids in the folder's files, as any other program would read them."""
    if folder.ending == ".jsonl":
        lines = [
            line for path in folder.path.glob("part-*") for line in path.read_text().splitlines()
        ]
        return sorted(str(json.loads(line)["id"]) for line in lines)
    import pyarrow.parquet

    tables = [pyarrow.parquet.read_table(path) for path in folder.path.glob("part-*")]
    return sorted(str(id) for table in tables for id in table["id"].to_pylist())


def test_a_shard_tells_its_keys_and_errors(folder: ShardFolder) -> None:
    folder.write(KEYS, ROWS)
    (shard,) = folder.shards()
    assert shard.keys == tuple(KEYS)
    assert shard.errors == ("", "not_korean", "server_unavailable", "")
    assert ids(folder) == ["0", "1", "2", "3"]


def test_the_same_articles_again_are_one_shard(folder: ShardFolder) -> None:
    folder.write(KEYS, ROWS)
    folder.write(KEYS, ROWS)
    assert len(list(folder.shards())) == 1
    assert ids(folder) == ["0", "1", "2", "3"]


def test_errors_to_be_tried_again_are_taken_out(folder: ShardFolder) -> None:
    folder.write(KEYS, ROWS)
    (left,) = folder.tidy(lambda code: code == "server_unavailable")
    assert left.keys == (KEYS[0], KEYS[1], KEYS[3])
    assert ids(folder) == ["0", "1", "3"]
    assert list(folder.shards()) == [left]
    assert folder.tidy(never) == [left]


def test_a_shard_of_nothing_else_goes_away(folder: ShardFolder) -> None:
    folder.write(KEYS[1:3], ROWS[1:3])
    assert folder.tidy(bool) == []
    assert ids(folder) == []


def test_whatever_a_kill_leaves_behind_is_cleaned_up(folder: ShardFolder) -> None:
    folder.write(KEYS[:2], ROWS[:2])
    folder.write(KEYS[2:], ROWS[2:])
    torn, whole = sorted((folder.path / "_keys").iterdir())
    (folder.path / f"part-{torn.stem}{folder.ending}").write_bytes(b"torn")
    (folder.path / "_keys" / f"{'a' * 32}.keys").write_text("12\n00 \n")
    (folder.path / f".part-{'b' * 32}{folder.ending}.new").write_bytes(b"half")
    (folder.path / f"part-{'c' * 32}{folder.ending}").write_bytes(b"no keys")
    left = folder.tidy(never)
    assert [shard.name for shard in left] == [whole.stem]
    assert sorted(path.name for path in folder.path.iterdir()) == sorted(
        ["_keys", "_run.json", f"part-{whole.stem}{folder.ending}"]
    )


@pytest.mark.parametrize(
    ("run", "ending"), [({"fingerprint": "g"}, ".jsonl"), ({"fingerprint": "f"}, ".parquet")]
)
def test_a_folder_keeps_to_one_run(tmp_path: Path, run: dict[str, object], ending: str) -> None:
    ShardFolder(tmp_path).claim({"fingerprint": "f"})
    ShardFolder(tmp_path).claim({"fingerprint": "f"})
    with pytest.raises(UsageFault, match="another profile, format or options"):
        ShardFolder(tmp_path, ending).claim(run)


def test_a_folder_of_unknown_shards_is_refused(tmp_path: Path) -> None:
    (tmp_path / "part-0.jsonl").touch()
    with pytest.raises(UsageFault, match=r"no _run\.json"):
        ShardFolder(tmp_path).claim({})


def test_names_follow_the_articles() -> None:
    assert shard_name(KEYS) != shard_name(KEYS[::-1])
