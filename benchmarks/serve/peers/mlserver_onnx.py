"""MLServer with a model of ONNX Runtime, asked by the Open Inference Protocol. Its states are gone with the process.

python benchmarks/serve/peers/mlserver_onnx.py PORT
"""

import asyncio
import sys

from gru import Streams
from mlserver import MLModel, MLServer, ModelSettings, Settings
from mlserver.codecs import NumpyCodec, StringCodec
from mlserver.types import InferenceRequest, InferenceResponse


class Level(MLModel):
    """A GRU whose state is that of the sequence the request names."""

    async def load(self) -> bool:
        """Make it."""
        self.streams = Streams()
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        """One reading."""
        given = {one.name: one for one in payload.inputs}
        a, b = (float(NumpyCodec.decode_input(given[name]).ravel()[0]) for name in "ab")
        (mode,) = StringCodec.decode_input(given["mode"])
        level, _ = self.streams.step(str(payload.parameters.sequence_id), a, b, mode)
        output = {"name": "level", "shape": [1], "datatype": "FP64", "data": [level]}
        return InferenceResponse(id=payload.id, model_name=self.name, outputs=[output])


async def main() -> None:
    """Serve it in this process, so that there is one state for each stream."""
    port = int(sys.argv[1])
    settings = Settings(
        http_port=port, grpc_port=port + 1, metrics_port=port + 2, parallel_workers=0, debug=False, access_log=False
    )
    server = MLServer(settings)
    await server.start([ModelSettings(name="model", implementation=Level)])


if __name__ == "__main__":
    asyncio.run(main())
