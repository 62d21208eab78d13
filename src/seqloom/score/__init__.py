"""Metrics a model is judged by, on arrays."""

from seqloom.score.anomaly import anomaly_metrics as anomaly_metrics
from seqloom.score.classify import cheapest_threshold as cheapest_threshold
from seqloom.score.classify import choose_threshold as choose_threshold
from seqloom.score.classify import class_metrics as class_metrics
from seqloom.score.classify import cost_of as cost_of
from seqloom.score.edits import Edits as Edits
from seqloom.score.edits import aligned as aligned
from seqloom.score.edits import edits as edits
from seqloom.score.events import Events as Events
from seqloom.score.events import onsets as onsets
from seqloom.score.forecast import coverage as coverage
from seqloom.score.forecast import forecast_metrics as forecast_metrics
from seqloom.score.forecast import mase as mase
from seqloom.score.forecast import mase_scale as mase_scale
from seqloom.score.forecast import owa as owa
from seqloom.score.forecast import pinball_score as pinball_score
from seqloom.score.frames import entry_nats as entry_nats
from seqloom.score.frames import frame_metrics as frame_metrics
from seqloom.score.label import choose_thresholds as choose_thresholds
from seqloom.score.label import label_losses as label_losses
from seqloom.score.label import label_metrics as label_metrics
from seqloom.score.language import language_metrics as language_metrics
from seqloom.score.lead import Warnings as Warnings
from seqloom.score.lead import lead_metrics as lead_metrics
from seqloom.score.lead import warnings_of as warnings_of
from seqloom.score.life import life_metrics as life_metrics
from seqloom.score.life import phm08 as phm08
from seqloom.score.nab import NAB_PROFILES as NAB_PROFILES
from seqloom.score.nab import NabProfile as NabProfile
from seqloom.score.nab import NabSeries as NabSeries
from seqloom.score.nab import nab_best as nab_best
from seqloom.score.nab import nab_normalized as nab_normalized
from seqloom.score.nab import nab_probation as nab_probation
from seqloom.score.nab import nab_raw as nab_raw
from seqloom.score.tag import tag_metrics as tag_metrics
from seqloom.score.temperature import choose_temperature as choose_temperature
from seqloom.score.transcripts import character_errors as character_errors
from seqloom.score.transcripts import transcript_metrics as transcript_metrics
from seqloom.score.transcripts import word_errors as word_errors
from seqloom.score.translation import bleu_signature as bleu_signature
from seqloom.score.translation import sentence_chrf as sentence_chrf
from seqloom.score.translation import translation_metrics as translation_metrics
from seqloom.score.values import r2 as r2
from seqloom.score.values import smape as smape
from seqloom.score.values import value_metrics as value_metrics

__all__ = [
    "NAB_PROFILES",
    "Edits",
    "Events",
    "NabProfile",
    "NabSeries",
    "Warnings",
    "aligned",
    "anomaly_metrics",
    "bleu_signature",
    "character_errors",
    "cheapest_threshold",
    "choose_temperature",
    "choose_threshold",
    "choose_thresholds",
    "class_metrics",
    "cost_of",
    "coverage",
    "edits",
    "entry_nats",
    "forecast_metrics",
    "frame_metrics",
    "label_losses",
    "label_metrics",
    "language_metrics",
    "lead_metrics",
    "life_metrics",
    "mase",
    "mase_scale",
    "nab_best",
    "nab_normalized",
    "nab_probation",
    "nab_raw",
    "onsets",
    "owa",
    "phm08",
    "pinball_score",
    "r2",
    "sentence_chrf",
    "smape",
    "tag_metrics",
    "transcript_metrics",
    "translation_metrics",
    "value_metrics",
    "warnings_of",
    "word_errors",
]
