"""Losses a network learns by and metrics it is judged by; missing targets are left out in one place."""

from seqloom.score.classify import choose_threshold as choose_threshold
from seqloom.score.classify import class_metrics as class_metrics
from seqloom.score.ctc import ctc_losses as ctc_losses
from seqloom.score.ctc import steps_needed as steps_needed
from seqloom.score.edits import Edits as Edits
from seqloom.score.edits import aligned as aligned
from seqloom.score.edits import edits as edits
from seqloom.score.event_losses import GapLogits as GapLogits
from seqloom.score.event_losses import gap_loss as gap_loss
from seqloom.score.event_losses import normal_loss as normal_loss
from seqloom.score.forecast import coverage as coverage
from seqloom.score.forecast import forecast_metrics as forecast_metrics
from seqloom.score.forecast import mase as mase
from seqloom.score.forecast import mase_scale as mase_scale
from seqloom.score.forecast import owa as owa
from seqloom.score.forecast import pinball_score as pinball_score
from seqloom.score.frames import entry_nats as entry_nats
from seqloom.score.frames import frame_losses as frame_losses
from seqloom.score.frames import frame_metrics as frame_metrics
from seqloom.score.label import choose_thresholds as choose_thresholds
from seqloom.score.label import label_losses as label_losses
from seqloom.score.label import label_metrics as label_metrics
from seqloom.score.language import language_metrics as language_metrics
from seqloom.score.losses import binary_cross_entropy as binary_cross_entropy
from seqloom.score.losses import cross_entropy as cross_entropy
from seqloom.score.losses import huber as huber
from seqloom.score.losses import mae as mae
from seqloom.score.losses import mse as mse
from seqloom.score.losses import pinball as pinball
from seqloom.score.mask import count as count
from seqloom.score.tag import tag_metrics as tag_metrics
from seqloom.score.temperature import choose_temperature as choose_temperature
from seqloom.score.transcripts import character_errors as character_errors
from seqloom.score.transcripts import transcript_metrics as transcript_metrics
from seqloom.score.transcripts import word_errors as word_errors
from seqloom.score.translation import bleu_signature as bleu_signature
from seqloom.score.translation import sentence_chrf as sentence_chrf
from seqloom.score.translation import translation_metrics as translation_metrics
from seqloom.score.values import cmapss_score as cmapss_score
from seqloom.score.values import r2 as r2
from seqloom.score.values import smape as smape
from seqloom.score.values import value_metrics as value_metrics

__all__ = [
    "Edits",
    "GapLogits",
    "aligned",
    "binary_cross_entropy",
    "bleu_signature",
    "character_errors",
    "choose_temperature",
    "choose_threshold",
    "choose_thresholds",
    "class_metrics",
    "cmapss_score",
    "count",
    "coverage",
    "cross_entropy",
    "ctc_losses",
    "edits",
    "entry_nats",
    "forecast_metrics",
    "frame_losses",
    "frame_metrics",
    "gap_loss",
    "huber",
    "label_losses",
    "label_metrics",
    "language_metrics",
    "mae",
    "mase",
    "mase_scale",
    "mse",
    "normal_loss",
    "owa",
    "pinball",
    "pinball_score",
    "r2",
    "sentence_chrf",
    "smape",
    "steps_needed",
    "tag_metrics",
    "transcript_metrics",
    "translation_metrics",
    "value_metrics",
    "word_errors",
]
