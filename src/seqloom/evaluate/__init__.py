"""Judging: simple alternatives, paired comparison, residuals, intervals."""

from seqloom.evaluate.anomaly_trial import AnomalyTrial as AnomalyTrial
from seqloom.evaluate.class_trial import ClassTrial as ClassTrial
from seqloom.evaluate.comparison import Comparison as Comparison
from seqloom.evaluate.comparison import compare as compare
from seqloom.evaluate.curves import Curve as Curve
from seqloom.evaluate.curves import confusion as confusion
from seqloom.evaluate.curves import precision_recall as precision_recall
from seqloom.evaluate.curves import roc as roc
from seqloom.evaluate.diebold_mariano import DieboldMariano as DieboldMariano
from seqloom.evaluate.diebold_mariano import diebold_mariano as diebold_mariano
from seqloom.evaluate.event_trial import EventTrial as EventTrial
from seqloom.evaluate.forecast_trial import ForecastTrial as ForecastTrial
from seqloom.evaluate.forecast_trial import mase_denominators as mase_denominators
from seqloom.evaluate.forecast_trial import overlap as overlap
from seqloom.evaluate.frame_trial import FrameTrial as FrameTrial
from seqloom.evaluate.injected import Injected as Injected
from seqloom.evaluate.injected import inject as inject
from seqloom.evaluate.interval_record import IntervalRecord as IntervalRecord
from seqloom.evaluate.interval_record import interval_records as interval_records
from seqloom.evaluate.interval_record import moving_coverage as moving_coverage
from seqloom.evaluate.intervals import conformal_offsets as conformal_offsets
from seqloom.evaluate.intervals import coverage_by_step as coverage_by_step
from seqloom.evaluate.judge import MODEL as MODEL
from seqloom.evaluate.judge import Judgement as Judgement
from seqloom.evaluate.judge import alternative_answers as alternative_answers
from seqloom.evaluate.judge import judge as judge
from seqloom.evaluate.label_trial import LabelTrial as LabelTrial
from seqloom.evaluate.language_trial import LanguageTrial as LanguageTrial
from seqloom.evaluate.order import SHUFFLED as SHUFFLED
from seqloom.evaluate.order import worth_of_order as worth_of_order
from seqloom.evaluate.origins import Fold as Fold
from seqloom.evaluate.origins import Origins as Origins
from seqloom.evaluate.origins import Window as Window
from seqloom.evaluate.origins import folds_of as folds_of
from seqloom.evaluate.residuals import Autocorrelation as Autocorrelation
from seqloom.evaluate.residuals import Histogram as Histogram
from seqloom.evaluate.residuals import autocorrelation as autocorrelation
from seqloom.evaluate.residuals import histogram as histogram
from seqloom.evaluate.residuals import one_step_residuals as one_step_residuals
from seqloom.evaluate.residuals import worst as worst
from seqloom.evaluate.rival import Rival as Rival
from seqloom.evaluate.settings import Against as Against
from seqloom.evaluate.settings import JudgeSettings as JudgeSettings
from seqloom.evaluate.tag_trial import TagTrial as TagTrial
from seqloom.evaluate.transcript_trial import TranscriptTrial as TranscriptTrial
from seqloom.evaluate.translate_trial import TranslateTrial as TranslateTrial
from seqloom.evaluate.trial import COST as COST
from seqloom.evaluate.trial import LOG_LOSS as LOG_LOSS
from seqloom.evaluate.trial import MISTAKES as MISTAKES
from seqloom.evaluate.trial import SQUARED_ERROR as SQUARED_ERROR
from seqloom.evaluate.trial import Trial as Trial
from seqloom.evaluate.value_trial import ValueTrial as ValueTrial
from seqloom.evaluate.verdict import NET as NET
from seqloom.evaluate.verdict import RECURRENCE as RECURRENCE
from seqloom.evaluate.verdict import SIMPLICITY as SIMPLICITY
from seqloom.evaluate.verdict import Stake as Stake
from seqloom.evaluate.verdict import Verdict as Verdict
from seqloom.evaluate.verdict import verdict as verdict

__all__ = [
    "COST",
    "LOG_LOSS",
    "MISTAKES",
    "MODEL",
    "NET",
    "RECURRENCE",
    "SHUFFLED",
    "SIMPLICITY",
    "SQUARED_ERROR",
    "Against",
    "AnomalyTrial",
    "Autocorrelation",
    "ClassTrial",
    "Comparison",
    "Curve",
    "DieboldMariano",
    "EventTrial",
    "Fold",
    "ForecastTrial",
    "FrameTrial",
    "Histogram",
    "Injected",
    "IntervalRecord",
    "JudgeSettings",
    "Judgement",
    "LabelTrial",
    "LanguageTrial",
    "Origins",
    "Rival",
    "Stake",
    "TagTrial",
    "TranscriptTrial",
    "TranslateTrial",
    "Trial",
    "ValueTrial",
    "Verdict",
    "Window",
    "alternative_answers",
    "autocorrelation",
    "compare",
    "conformal_offsets",
    "confusion",
    "coverage_by_step",
    "diebold_mariano",
    "folds_of",
    "histogram",
    "inject",
    "interval_records",
    "judge",
    "mase_denominators",
    "moving_coverage",
    "one_step_residuals",
    "overlap",
    "precision_recall",
    "roc",
    "verdict",
    "worst",
    "worth_of_order",
]
