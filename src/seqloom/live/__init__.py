"""Live streams: one reading in, one answer out, what a model remembers a value that can be stored."""

from seqloom.live import lines as lines
from seqloom.live.call import Call as Call
from seqloom.live.call import Reply as Reply
from seqloom.live.engine import Changed as Changed
from seqloom.live.engine import Engine as Engine
from seqloom.live.engine import Round as Round
from seqloom.live.form import Form as Form
from seqloom.live.memory import Memory as Memory
from seqloom.live.reading import Reading as Reading
from seqloom.live.stepper import Stepped as Stepped
from seqloom.live.stepper import Stepper as Stepper
from seqloom.live.streams import LiveStreams as LiveStreams
from seqloom.live.visit import Live as Live

__all__ = [
    "Call",
    "Changed",
    "Engine",
    "Form",
    "Live",
    "LiveStreams",
    "Memory",
    "Reading",
    "Reply",
    "Round",
    "Stepped",
    "Stepper",
    "lines",
]
