"""Finding Ray, and a cluster to work on. The only place that starts or stops it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from service.faults import UsageFault, one_line

LOCAL_STORE_BYTES = 256 * 1024**2
"""Groups of articles are small, so a local Ray need not take a third of the memory."""

LOCAL_STARTS = 3


def require_ray() -> Any:
    """The ``ray`` module; ``UsageFault`` naming the extra when it isn't installed."""
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise UsageFault(f"Ray is not installed ({error}); pip install 'yoji[ray]'") from error
    return ray


@contextmanager
def connected(address: str | None = None, cpus: int | None = None) -> Iterator[Any]:
    """``ray``, connected to ``address`` (``ray://…``, ``auto``), or started here and stopped.

    ``cpus`` bounds a Ray that is started here. One that is connected already is used as it is.
    """
    ray = require_ray()
    if ray.is_initialized():
        yield ray
        return
    local = {"num_cpus": cpus, "object_store_memory": LOCAL_STORE_BYTES, "include_dashboard": False}
    _start(ray, {"address": address} if address else local)
    try:
        yield ray
    finally:
        ray.shutdown()


def _start(ray: Any, where: dict[str, Any]) -> None:
    """Connect or start; a start is tried again, for Ray allows a busy machine 30 s only."""
    address = where.get("address")
    for left in reversed(range(1 if address else LOCAL_STARTS)):
        try:
            ray.init(log_to_driver=False, logging_level=logging.WARNING, **where)
            return
        except Exception as error:  # Ray raises plain ones, too
            ray.shutdown()
            if left:
                continue
            what = f"reach a Ray cluster at {address}" if address else "start Ray here"
            raise UsageFault(f"can't {what}: {one_line(error)}") from error
