"""Handlers of the Open Inference Protocol, version 2."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from seqloom.errors import SeqloomError
from seqloom.live import Call, Reading, Whole
from seqloom.serve.batcher import Batcher
from seqloom.serve.endpoint import Handler
from seqloom.serve.exchange import JSON, Answer, Asked, parsed
from seqloom.serve.health import Health
from seqloom.serve.inference.binary import parted
from seqloom.serve.inference.paths import ELSEWHERE, MODEL, PREFIX, VERSION
from seqloom.serve.inference.readings import readings
from seqloom.serve.inference.request import Request, Stream
from seqloom.serve.inference.response import BINARY, HEADER, Slots, answered, refused, wanted
from seqloom.serve.inference.signature import Signature, Signing
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RequestError
from seqloom.serve.tokens import Right
from seqloom.version import __version__

EXTENSIONS = ["binary_tensor_data", "sequence", "sequence(string_id)", "parameters"]
OK = 200


class Inference:
    """A model as other servers of models show theirs.

    Args:
        name: of the model.
        batcher: where calls go.
        health: of the server.
        limits: of what is sent.
    """

    def __init__(self, name: str, batcher: Batcher, health: Health, limits: Limits) -> None:
        self._name, self._batcher = name, batcher
        self._health, self._limits = health, limits
        self._signature: Signature | None = None

    def paths(self) -> dict[str, dict[str, tuple[Handler, Right]]]:
        """Handlers by path and method, and what he who asks has to be allowed."""
        found: dict[str, dict[str, tuple[Handler, Right]]] = {
            PREFIX: {"GET": (self.server, Right.READ)},
            f"{PREFIX}/health/live": {"GET": (self.live, Right.NOTHING)},
            f"{PREFIX}/health/ready": {"GET": (self.ready, Right.NOTHING)},
            ELSEWHERE: {},
        }
        for base in (MODEL, VERSION):
            found[base] = {"GET": (self.model, Right.READ)}
            found[f"{base}/ready"] = {"GET": (self.model_ready, Right.READ)}
            found[f"{base}/infer"] = {"POST": (self.infer, Right.READ)}
        return found

    async def server(self, asked: Asked) -> Answer:  # noqa: ARG002 - as every handler
        """What this is."""
        return Answer.of({"name": "seqloom", "version": __version__, "extensions": EXTENSIONS})

    async def live(self, asked: Asked) -> Answer:  # noqa: ARG002 - as every handler
        """The process answers."""
        return Answer.of({"live": True})

    async def ready(self, asked: Asked) -> Answer:
        """The store takes a commit."""
        status = (await self._health.ready(asked)).status
        return Answer.of({"ready": status == OK}, status)

    async def model_ready(self, asked: Asked) -> Answer:
        """The same of the model."""
        signature = await self._named(asked)
        status = (await self._health.ready(asked)).status
        return Answer.of({"name": self._name, "version": signature.version, "ready": status == OK}, status)

    async def model(self, asked: Asked) -> Answer:
        """Inputs and outputs of the model."""
        signature = await self._named(asked)
        tensors = {"inputs": signature.inputs, "outputs": signature.outputs}
        return Answer.of(
            {
                "name": self._name,
                "versions": [signature.version],
                "platform": f"seqloom_{signature.task}",
                **{name: [slot.described() for slot in slots.values()] for name, slots in tensors.items()},
            }
        )

    async def infer(self, asked: Asked) -> Answer:
        """Read on with a stream, or read a whole sequence and forget it."""
        signature = await self._named(asked)
        request = await self._request(asked)
        slots, given = wanted(request, signature), readings(request.tensors, signature, self._limits)
        head = {"model_name": self._name, "model_version": signature.version}
        if request.mark is not None:
            head["id"] = request.mark
        if request.stream is not None:
            return await self._on(request.stream, given, head, slots)
        (found,) = (await self._batcher.operate(Whole([("sequence", given)])))["sequences"]
        if isinstance(found, SeqloomError):
            raise found
        return answered(head, [found], slots)

    async def _on(self, stream: Stream, given: Sequence[Reading], head: Mapping[str, Any], slots: Slots) -> Answer:
        """What is answered to the readings of a stream, durable; where one is wrong, those before it are read."""
        call = Call(stream.name, given, stream.seq, stream.epoch, stream.start, stream.end)
        reply = await self._batcher.submit(call)
        if reply.error is not None:
            if not reply.answers:
                raise reply.error
            return refused(reply.error, epoch=reply.epoch, acknowledged=reply.acknowledged)
        answers = [answer for _, answer in reply.answers if answer is not None]
        if len(answers) < len(reply.answers):
            where, expected = f"stream '{stream.name}'", "a reading whose answer is kept"
            fix = f"go on with reading {reply.acknowledged}"
            raise RequestError(409, "forgotten", where, expected=expected, came="one that was read long ago", fix=fix)
        parameters = {
            "sequence_id": stream.mark,
            "sequence_start": stream.start,
            "sequence_end": stream.end,
            "epoch": reply.epoch,
            "seq": reply.answers[0][0],
            "acknowledged": reply.acknowledged,
        }
        return answered({**head, "parameters": parameters}, answers, slots)

    async def _request(self, asked: Asked) -> Request:
        """The request in a body, JSON with or without bytes behind it."""
        kind = asked.headers.get(b"content-type", JSON)
        if kind.split(b";", 1)[0].strip().lower() not in {JSON, BINARY}:
            expected, came = "application/json or application/octet-stream", ascii(kind[:60].decode("latin-1"))
            raise RequestError(415, "media-type", "header content-type", expected=expected, came=came, fix="correct it")
        document, raw = parted(await asked.body(), asked.headers.get(HEADER))
        return Request.of(parsed(document), raw, self._limits)

    async def _named(self, asked: Asked) -> Signature:
        """The signature of the model that is named in the path.

        Raises:
            RequestError: it is another one.
        """
        signature = self._signature
        if signature is None or signature.digest != self._batcher.engine.digest:
            signature = self._signature = (await self._batcher.operate(Signing()))["signature"]
        model, slash, version = asked.stream.partition("/")
        for what, name, own in (("model", model, self._name), ("version", version, signature.version)):
            if (slash or what == "model") and unquote(name) != own:
                came, fix = ascii(unquote(name)[:60]), "correct the path"
                raise RequestError(404, "no-model", f"path, {what}", expected=ascii(own), came=came, fix=fix)
        return signature
