"""The actor without Ray: groups to shards, whatever happens to an article."""

from __future__ import annotations

import json
import pickle
from functools import partial
from pathlib import Path
from typing import Any

from models.digest import DigestOptions, digest_id
from models.errors import RecordError
from models.reading import Page
from service.batch.records import Record
from service.ray.reading import Group
from service.ray.shards import ShardFolder
from service.ray.worker import DigestShards

OPTIONS = DigestOptions(max_proposals=3)
IDENTIFY = partial(digest_id, options=OPTIONS, fingerprint="f")
TEXTS = ["기사입니다", "실패", *(f"기사 {at}" for at in range(40))]


def group() -> Group:
    records = [Record(at, Page(text)) for at, text in enumerate(TEXTS)]
    records.insert(1, Record("bad", RecordError("line 2 is not an article")))
    keys = tuple(bytes([at]) * 16 for at in range(len(records)))
    return Group(keys, tuple(records), reused=5)


def test_a_group_becomes_a_shard(tmp_path: Path, pipeline: Any) -> None:
    folder = ShardFolder(tmp_path)
    folder.claim({})
    worker = DigestShards(lambda: pipeline, OPTIONS, IDENTIFY, folder)
    answer = worker({"group": [pickle.dumps(group())]})
    counts, reused = pickle.loads(answer["counts"][0])
    assert (counts.articles, counts.failed, reused) == (len(TEXTS) + 1, 2, 5)
    (shard,) = tmp_path.glob("part-*.jsonl")
    rows = [json.loads(line) for line in shard.read_text().splitlines()]
    assert [row["id"] for row in rows] == [0, "bad", *range(1, len(TEXTS))]
    assert rows[1]["error"] == {"code": RecordError.code, "detail": "line 2 is not an article"}
    assert rows[2]["error"]["digest_id"] == IDENTIFY(Page("실패"))
    assert all(options == OPTIONS for _, options in pipeline.calls)


def test_a_group_of_nothing_new_writes_nothing(tmp_path: Path, pipeline: Any) -> None:
    folder = ShardFolder(tmp_path)
    folder.claim({})
    worker = DigestShards(lambda: pipeline, OPTIONS, IDENTIFY, folder)
    counts, reused = worker.process(Group(reused=7))
    assert (counts.articles, reused) == (0, 7)
    assert not list(tmp_path.glob("part-*"))
