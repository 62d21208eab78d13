"""What a server in Python costs without a model: Starlette, orjson, and one commit of SQLite for all that waits.

python benchmarks/serve/peers/bare.py PORT FILE

Nothing is checked, prepared, predicted or recorded: each reading moves the number of its stream, and a state of the
size of a small network's is written with it. No server that acknowledges durably can be expected to be faster.
"""

import asyncio
import os
import sqlite3
import sys
from typing import Any

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

STATE = 200
"""Bytes."""
KEEP = """INSERT INTO sessions VALUES (?, ?, ?)
ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, state = excluded.state"""


class Streams:
    """Numbers of streams, and the thread that makes them durable.

    Args:
        path: of the file.
    """

    def __init__(self, path: str) -> None:
        self._table = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for statement in ("PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"):
            self._table.execute(statement)
        self._table.execute("CREATE TABLE sessions (stream TEXT PRIMARY KEY, seq INTEGER, state BLOB)")
        self._numbers: dict[str, int] = {}
        self._waiting: list[tuple[str, int, asyncio.Future[None]]] = []
        self._busy = False

    async def read(self, call: dict[str, Any], stream: str) -> dict[str, Any]:
        """Answer a call when it is durable."""
        first = self._numbers.get(stream, 0)
        readings = call["readings"]
        self._numbers[stream] = stop = first + len(readings)
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((stream, stop, done))
        if not self._busy:
            self._busy = True
            asyncio.get_running_loop().call_soon(lambda: asyncio.ensure_future(self._write()))
        await done
        said = [{"seq": one["seq"], "prediction": {"level": 0.5}} for one in readings]
        return {"stream": stream, "epoch": 0, "acknowledged": stop, "predictions": said}

    async def _write(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            await asyncio.to_thread(self._commit, taken)
            for _, _, done in taken:
                done.set_result(None)
        self._busy = False

    def _commit(self, taken: list[tuple[str, int, asyncio.Future[None]]]) -> None:
        self._table.execute("BEGIN IMMEDIATE")
        self._table.executemany(KEEP, [(stream, seq, os.urandom(STATE)) for stream, seq, _ in taken])
        self._table.execute("COMMIT")


def application(streams: Streams) -> Starlette:
    """The same calls as those of `seqloom serve`."""

    async def one(request: Request) -> Response:
        call = orjson.loads(await request.body())
        answer = await streams.read(call, request.path_params["stream"])
        return Response(orjson.dumps(answer), media_type="application/json")

    async def many(request: Request) -> Response:
        calls = orjson.loads(await request.body())["streams"]
        found = await asyncio.gather(*(streams.read(call, call["stream"]) for call in calls))
        return Response(orjson.dumps({"streams": found}), media_type="application/json")

    async def frames(socket: WebSocket) -> None:
        await socket.accept()

        async def answer(call: dict[str, Any]) -> None:
            found = {"id": call.get("id")} | await streams.read(call, call["stream"])
            await socket.send_text(orjson.dumps(found).decode())

        tasks: set[asyncio.Task[None]] = set()
        try:
            while True:
                task = asyncio.ensure_future(answer(orjson.loads(await socket.receive_text())))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        except WebSocketDisconnect:
            return

    return Starlette(
        routes=[
            Route("/v1/streams/{stream}/readings", one, methods=["POST"]),
            Route("/v1/readings", many, methods=["POST"]),
            WebSocketRoute("/v1/stream", frames),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(application(Streams(sys.argv[2])), port=int(sys.argv[1]), log_level="error", access_log=False)
