"""A bare service of FastAPI and ONNX Runtime: what one writes in an hour. Its states are gone with the process.

python benchmarks/serve/peers/fastapi_onnx.py PORT
"""

import sys
from typing import Any

import uvicorn
from fastapi import FastAPI
from gru import Streams
from pydantic import BaseModel

app, streams = FastAPI(), Streams()


class Reading(BaseModel):
    """One step."""

    seq: int
    time: float
    values: dict[str, float | str]


class Readings(BaseModel):
    """Some steps of a stream."""

    epoch: int
    readings: list[Reading]


@app.post("/v1/streams/{stream}/readings")
async def read(stream: str, asked: Readings) -> dict[str, Any]:
    """Step, and answer; nothing is kept anywhere but in memory."""
    found, count = [], 0
    for reading in asked.readings:
        values = reading.values
        level, count = streams.step(stream, float(values["a"]), float(values["b"]), str(values["mode"]))
        found.append({"seq": reading.seq, "prediction": {"level": level}})
    return {"stream": stream, "epoch": asked.epoch, "acknowledged": count, "predictions": found}


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False)
