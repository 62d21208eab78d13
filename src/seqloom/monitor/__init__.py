"""Live streams watched: whether their inputs, predictions and accuracy are still what they were in training."""

from seqloom.monitor.alert import Alert as Alert
from seqloom.monitor.beside import Beside as Beside
from seqloom.monitor.facts import PROFILE as PROFILE
from seqloom.monitor.facts import Facts as Facts
from seqloom.monitor.facts import Input as Input
from seqloom.monitor.facts import Outputs as Outputs
from seqloom.monitor.facts import profile_of as profile_of
from seqloom.monitor.gauges import Gauge as Gauge
from seqloom.monitor.gauges import gauges as gauges
from seqloom.monitor.hindsight import RIGHT as RIGHT
from seqloom.monitor.hindsight import SURPRISE as SURPRISE
from seqloom.monitor.hindsight import coverage_of as coverage_of
from seqloom.monitor.hindsight import error_of as error_of
from seqloom.monitor.monitor import Monitor as Monitor
from seqloom.monitor.numbers import Numbers as Numbers
from seqloom.monitor.outputs import said_of as said_of
from seqloom.monitor.reference import Reference as Reference
from seqloom.monitor.reference import Value as Value
from seqloom.monitor.remote import asked as asked
from seqloom.monitor.replay import Retention as Retention
from seqloom.monitor.replay import moment_of as moment_of
from seqloom.monitor.replay import replayed as replayed
from seqloom.monitor.shares import Hits as Hits
from seqloom.monitor.shares import Labels as Labels
from seqloom.monitor.webhook import Webhook as Webhook

__all__ = [
    "PROFILE",
    "RIGHT",
    "SURPRISE",
    "Alert",
    "Beside",
    "Facts",
    "Gauge",
    "Hits",
    "Input",
    "Labels",
    "Monitor",
    "Numbers",
    "Outputs",
    "Reference",
    "Retention",
    "Value",
    "Webhook",
    "asked",
    "coverage_of",
    "error_of",
    "gauges",
    "moment_of",
    "profile_of",
    "replayed",
    "said_of",
]
