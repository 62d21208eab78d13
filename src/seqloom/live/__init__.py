"""Live streams: one reading in, one answer out, what a model remembers a value that can be stored."""

from seqloom.live.call import Call as Call
from seqloom.live.call import Reply as Reply
from seqloom.live.engine import Engine as Engine
from seqloom.live.engine import Round as Round
from seqloom.live.example import example as example
from seqloom.live.expire import FORGOTTEN as FORGOTTEN
from seqloom.live.expire import RESET as RESET
from seqloom.live.expire import Expire as Expire
from seqloom.live.form import Form as Form
from seqloom.live.heritage import Changed as Changed
from seqloom.live.lines import answered as answered
from seqloom.live.lines import parse as parse
from seqloom.live.memory import Memory as Memory
from seqloom.live.operations import End as End
from seqloom.live.operations import Fork as Fork
from seqloom.live.operations import Look as Look
from seqloom.live.operations import Operated as Operated
from seqloom.live.operations import Operation as Operation
from seqloom.live.operations import Reset as Reset
from seqloom.live.operations import Restore as Restore
from seqloom.live.operations import Snapshot as Snapshot
from seqloom.live.operations import Tell as Tell
from seqloom.live.play import Played as Played
from seqloom.live.play import Told as Told
from seqloom.live.play import played as played
from seqloom.live.reading import Reading as Reading
from seqloom.live.shadow import Shadow as Shadow
from seqloom.live.stepper import Stepped as Stepped
from seqloom.live.stepper import Stepper as Stepper
from seqloom.live.streams import LiveStreams as LiveStreams
from seqloom.live.view import View as View
from seqloom.live.visit import Live as Live
from seqloom.live.whole import Whole as Whole

__all__ = [
    "FORGOTTEN",
    "RESET",
    "Call",
    "Changed",
    "End",
    "Engine",
    "Expire",
    "Fork",
    "Form",
    "Live",
    "LiveStreams",
    "Look",
    "Memory",
    "Operated",
    "Operation",
    "Played",
    "Reading",
    "Reply",
    "Reset",
    "Restore",
    "Round",
    "Shadow",
    "Snapshot",
    "Stepped",
    "Stepper",
    "Tell",
    "Told",
    "View",
    "Whole",
    "answered",
    "example",
    "parse",
    "played",
]
