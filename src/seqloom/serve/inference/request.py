"""A request for inference: its tensors, what is to come back, and which stream it goes on with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seqloom.serve.asked import listed, named, shown, stream_name, whole
from seqloom.serve.inference.tensor import Tensor
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RequestError

FIELDS = frozenset({"id", "inputs", "outputs", "parameters"})
OUTPUT = frozenset({"name", "parameters"})
SEQUENCE = ("sequence_start", "sequence_end", "seq", "epoch")
HINTS = frozenset({"priority", "timeout"})
"""Of schedulers; this server has none, every call is stepped at once."""
PARAMETERS = frozenset({"sequence_id", "binary_data_output", *SEQUENCE, *HINTS})
LARGEST_ID = 2**64 - 1
TENSORS = 1_000
"""Inputs, or outputs, of a request at most."""


@dataclass(frozen=True)
class Stream:
    """The stream of a request.

    Args:
        mark: its `sequence_id`, as it was sent.
        name: its name.
        start: whether it begins anew.
        end: whether it is removed afterwards.
        seq: number of the first reading; None: the next one.
        epoch: of the stream; at a start, the one that begins. None: the present, or the following one.
    """

    mark: int | str
    name: str
    start: bool
    end: bool
    seq: int | None
    epoch: int | None


@dataclass(frozen=True)
class Request:
    """What is asked.

    Args:
        tensors: the inputs.
        outputs: whether each output that is wanted comes as bytes, by its name; None: all are wanted.
        binary: whether they come as bytes where `outputs` does not say.
        stream: the one it goes on with; None: the readings are a sequence of their own, and forgotten.
        mark: its `id`, which the answer has, too.
    """

    tensors: list[Tensor]
    outputs: Mapping[str, bool] | None
    binary: bool
    stream: Stream | None
    mark: str | None

    @classmethod
    def of(cls, document: Any, raw: bytes, limits: Limits) -> "Request":  # noqa: ANN401 - whatever a client sends
        """The request that a document stands for.

        Args:
            document: the JSON of a body.
            raw: the bytes behind it.
            limits: of its sizes.

        Raises:
            RequestError: it is none; the message names the field.
        """
        named(document, FIELDS, "body")
        mark, parameters = document.get("id"), document.get("parameters", {})
        if mark is not None and (type(mark) is not str or len(mark) > limits.name):
            raise _wrong("body.id", f"a text of at most {limits.name} characters", shown(mark))
        named(parameters, PARAMETERS, "body.parameters")
        tensors = []
        for place, part in enumerate(listed(document.get("inputs"), "body.inputs", TENSORS)):
            tensor, raw = Tensor.of(part, raw, limits, f"body.inputs[{place}]")
            tensors.append(tensor)
        if raw:
            raise _wrong("body", "no bytes behind those of the inputs", f"{len(raw)} more")
        binary = _flag(parameters, "binary_data_output", "body.parameters")
        outputs = _outputs(document.get("outputs"), binary=binary)
        return cls(tensors, outputs, binary, _stream(parameters, limits), mark)


def _outputs(rows: Any, *, binary: bool) -> dict[str, bool] | None:  # noqa: ANN401 - a client's
    if rows is None or rows == []:
        return None
    found: dict[str, bool] = {}
    for place, row in enumerate(listed(rows, "body.outputs", TENSORS)):
        where = f"body.outputs[{place}]"
        named(row, OUTPUT, where)
        name, parameters = row.get("name"), row.get("parameters", {})
        if type(name) is not str or name in found:
            raise _wrong(f"{where}.name", "the name of an output, each once", shown(name))
        named(parameters, frozenset({"binary_data"}), f"{where}.parameters")
        found[name] = _flag(parameters, "binary_data", f"{where}.parameters", otherwise=binary)
    return found


def _stream(parameters: Mapping[str, Any], limits: Limits) -> Stream | None:
    """The stream that the parameters name; none for the number 0 and the empty text, as in the protocol."""
    where, mark = "body.parameters", parameters.get("sequence_id")
    if mark is None or mark == "" or (type(mark) is int and mark == 0):
        strange = next((name for name in SEQUENCE if parameters.get(name)), None)
        if strange is not None:
            raise _wrong(f"{where}.sequence_id", f"a sequence, since there is {strange}", "none")
        return None
    if type(mark) is int and not 0 < mark <= LARGEST_ID:
        raise _wrong(f"{where}.sequence_id", "a number of 64 bits from 0 on, or a text", shown(mark))
    name = stream_name(str(mark) if type(mark) is int else mark, limits, f"{where}.sequence_id")
    start, end = (_flag(parameters, part, where) for part in ("sequence_start", "sequence_end"))
    seq, epoch = (_number(parameters, part, where) for part in ("seq", "epoch"))
    if start and seq is not None and epoch is None:
        raise _wrong(f"{where}.epoch", "the epoch that begins, since seq is there", "none")
    if start and seq:
        raise _wrong(f"{where}.seq", "0, the first reading of a sequence", shown(seq))
    return Stream(mark, name, start, end, 0 if start and epoch is not None else seq, epoch)


def _flag(parameters: Mapping[str, Any], name: str, where: str, *, otherwise: bool = False) -> bool:
    value = parameters.get(name, otherwise)
    if type(value) is not bool:
        raise _wrong(f"{where}.{name}", "true or false", shown(value))
    return value


def _number(parameters: Mapping[str, Any], name: str, where: str) -> int | None:
    value = parameters.get(name)
    return None if value is None else whole(value, f"{where}.{name}")


def _wrong(where: str, expected: str, came: str) -> RequestError:
    return RequestError(422, "invalid", where, expected=expected, came=came, fix="correct it")
