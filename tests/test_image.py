"""The Dockerfile's stages: which image a build makes, what it shares, that it stays offline."""

from __future__ import annotations

import re
from pathlib import Path

DOCKERFILE = Path(__file__).parents[1] / "Dockerfile"


def stages() -> dict[str, tuple[str, str]]:
    """Name → (what it is built on, its instructions), in order."""
    text = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    parts = re.split(r"^FROM (\S+) AS (\S+)$", text, flags=re.MULTILINE)[1:]
    return {
        name: (base, body)
        for base, name, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    }


def lineage(name: str) -> str:
    """The instructions of a stage and of all that it is built on."""
    found = stages()
    text = ""
    while name in found:
        name, body = found[name]
        text = body + text
    return text


def test_a_build_without_a_target_makes_the_cpu_image() -> None:
    assert list(stages())[-1] == "runtime"
    assert "nvidia" not in lineage("runtime").lower()


def test_both_images_share_the_checkpoint_and_the_base_and_are_offline() -> None:
    for target in ("runtime", "cuda"):
        assert stages()[target][0] == "base"
        assert "COPY --from=model " in stages()[target][1]
        assert "HF_HUB_OFFLINE=1" in lineage(target)
        assert "USER 10001:0" in lineage(target)


def test_the_cuda_image_has_a_path_to_the_libraries_it_installs() -> None:
    assert "nvidia-cublas-cu12==" in lineage("cuda-builder")
    assert "LD_LIBRARY_PATH=/opt/yoji/venv/cublas12" in stages()["cuda"][1]
    assert "/opt/yoji/venv/cublas12" in stages()["cuda-builder"][1]
