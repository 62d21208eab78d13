"""What goes into a model and what comes out of it, as tensors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seqloom.live import Call, Engine, Form, Operated, Operation, example
from seqloom.serve.inference.datatypes import BYTES, FP64, INT64, datatype_of

ANY = -1
"""A dimension of any size: the readings of a request."""
WAITING = "waiting"
NOBODY = "\x1f"
"""A stream that no client can name; nothing of it becomes durable."""
AHEAD = ".ahead"
"""Ending of the name of what is known of the steps after a reading."""


@dataclass(frozen=True)
class Slot:
    """A tensor that is taken or given.

    Args:
        name: of it.
        datatype: of its values; numbers of any other are taken, too.
        shape: of it; the first dimension are readings, where it is not one value of the stream.
    """

    name: str
    datatype: str
    shape: tuple[int, ...] = (ANY,)

    @property
    def rows(self) -> int:
        """Values of each reading."""
        return self.shape[1] if len(self.shape) > 1 else 1

    def described(self) -> dict[str, Any]:
        """As metadata have it."""
        return {"name": self.name, "datatype": self.datatype, "shape": list(self.shape)}


@dataclass(frozen=True)
class Signature:
    """The tensors of a model.

    Args:
        digest: of the model.
        task: of the model.
        form: of its readings.
        inputs: what a reading consists of.
        outputs: what is answered to one.
    """

    digest: str
    task: str
    form: Form
    inputs: Mapping[str, Slot]
    outputs: Mapping[str, Slot]

    @property
    def version(self) -> str:
        """The version of the model: the beginning of its digest."""
        return self.digest[:12]

    @property
    def time(self) -> str:
        """Name of the input with times."""
        return time_of(self.form)


class Signing(Operation):
    """Find out what goes into the model and what comes out of it; the latter by asking it."""

    @property
    def streams(self) -> tuple[str, ...]:
        """None."""
        return ()

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`; the answer holds the signature."""
        stepper = engine.stepper
        inputs, outputs = inputs_of(stepper.form, stepper.model.sizes.horizon), outputs_of(engine)
        return Operated({"signature": Signature(engine.digest, engine.task, stepper.form, inputs, outputs)})


def time_of(form: Form) -> str:
    """Name of the input with times: that of the column in training."""
    return form.schema.time or "time"


def inputs_of(form: Form, ahead: int) -> dict[str, Slot]:
    """By name what a reading consists of.

    Args:
        form: of the readings.
        ahead: steps of the columns known ahead that come with each.
    """
    slots = [Slot(name, FP64) for name in form.numbers]
    slots += [Slot(name, BYTES) for name in (*form.listed, *form.spelt)]
    slots += [Slot(name, FP64, (1,)) for name in form.static_numbers]
    slots += [Slot(name, BYTES, (1,)) for name in form.static_listed]
    if form.clock != "none":
        slots.append(Slot(time_of(form), BYTES if form.clock == "stamps" else FP64))
    numbers = frozenset(form.numbers)
    slots += [Slot(name + AHEAD, FP64 if name in numbers else BYTES, (ANY, ahead)) for name in form.known if ahead]
    return {slot.name: slot for slot in slots}


def outputs_of(engine: Engine) -> dict[str, Slot]:
    """By name what is answered, seen at an answer to readings of the training data."""
    stepper = engine.stepper
    _, readings = example(stepper.form, stepper.examples, stepper.model.sizes.horizon)
    (reply,) = engine.step([Call(NOBODY, readings, begin=True)]).replies
    if reply.error is not None:
        raise reply.error
    slots = [Slot(WAITING, INT64)] if stepper.model.sizes.horizon else []
    for name, value in (reply.answers[-1][1] or {}).items():
        several = type(value) is list
        shape = (ANY, len(value)) if several else (ANY,)
        slots.append(Slot(name, datatype_of(value[0] if several else value), shape))
    return {slot.name: slot for slot in slots}
