"""The app behind a real server: what only shows with sockets."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any, cast

import pytest
import uvicorn

from models.assembly import Pipeline
from service.app import create_app
from service.settings import Settings


@pytest.fixture
def port(pipeline: Any) -> Iterator[int]:
    """A server with one thread to compute in and one place in line."""
    settings = Settings().model_copy(
        update={"max_running_requests": 1, "max_waiting_requests": 1, "max_input_bytes": 100}
    )
    app = create_app(settings, cast(Pipeline, pipeline))
    config = uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def wait_until(holds: Any) -> None:
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("waited for 10 s")


def send(port: int, text: str) -> socket.socket:
    body = json.dumps({"texts": [text]}).encode()
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    head = (
        "POST /v1/translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    connection.sendall(head.encode() + body)
    return connection


def status_of(connection: socket.socket) -> int:
    return int(connection.recv(65536).split()[1])


def test_work_in_line_whose_caller_hung_up_is_dropped(port: int, pipeline: Any) -> None:
    pipeline.gate = threading.Event()
    with send(port, "가") as first:
        assert pipeline.begun.wait(10)
        send(port, "나").close()
        free: list[int] = []

        def a_place_is_free() -> bool:
            with send(port, "다") as probe:
                probe.settimeout(0.5)
                try:
                    free.append(status_of(probe))
                except TimeoutError:
                    return True  # it stands in line, where the one that hung up stood
            return False

        wait_until(a_place_is_free)
        pipeline.gate.set()
        assert status_of(first) == 200
    wait_until(lambda: len(pipeline.calls) >= 1)
    with send(port, "라") as last:
        assert status_of(last) == 200
    texts = [items for items, _ in pipeline.calls]
    assert ["나"] not in texts
    assert set(free) <= {429}


def test_a_body_without_a_length_over_the_limit_is_cut_off(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(
            b"POST /v1/translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
            + b"c8\r\n"
            + b"x" * 200
            + b"\r\n"  # and more would follow
        )
        assert status_of(connection) == 413
