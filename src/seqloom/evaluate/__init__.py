"""Judging: simple alternatives, paired comparison, residuals, intervals, the report."""

from seqloom.evaluate.alternatives import ALTERNATIVES as ALTERNATIVES
from seqloom.evaluate.alternatives import Alternative as Alternative
from seqloom.evaluate.alternatives import Alternatives as Alternatives
from seqloom.evaluate.alternatives import Hints as Hints
from seqloom.evaluate.alternatives import Skipped as Skipped
from seqloom.evaluate.alternatives import fit_alternatives as fit_alternatives
from seqloom.evaluate.alternatives import untrained_alternatives as untrained_alternatives
from seqloom.evaluate.alternatives.lookback_ridge import LookbackRidge as LookbackRidge
from seqloom.evaluate.class_outcome import ClassOutcome as ClassOutcome
from seqloom.evaluate.comparison import Comparison as Comparison
from seqloom.evaluate.comparison import compare as compare
from seqloom.evaluate.curves import Curve as Curve
from seqloom.evaluate.curves import confusion as confusion
from seqloom.evaluate.curves import precision_recall as precision_recall
from seqloom.evaluate.curves import roc as roc
from seqloom.evaluate.figure_data import FigureData as FigureData
from seqloom.evaluate.figures import draw as draw
from seqloom.evaluate.forecast_outcome import ForecastOutcome as ForecastOutcome
from seqloom.evaluate.intervals import conformal_offsets as conformal_offsets
from seqloom.evaluate.intervals import coverage_by_step as coverage_by_step
from seqloom.evaluate.judge import MODEL as MODEL
from seqloom.evaluate.judge import Judgement as Judgement
from seqloom.evaluate.judge import JudgeSettings as JudgeSettings
from seqloom.evaluate.judge import alternative_answers as alternative_answers
from seqloom.evaluate.judge import judge as judge
from seqloom.evaluate.page import render as render
from seqloom.evaluate.picture import picture as picture
from seqloom.evaluate.report import Report as Report
from seqloom.evaluate.report import Section as Section
from seqloom.evaluate.residuals import Autocorrelation as Autocorrelation
from seqloom.evaluate.residuals import Histogram as Histogram
from seqloom.evaluate.residuals import autocorrelation as autocorrelation
from seqloom.evaluate.residuals import histogram as histogram
from seqloom.evaluate.residuals import one_step_residuals as one_step_residuals
from seqloom.evaluate.residuals import worst as worst
from seqloom.evaluate.scoreboard import METRICS as METRICS
from seqloom.evaluate.scoreboard import Scoreboard as Scoreboard
from seqloom.evaluate.season import cycle_lags as cycle_lags
from seqloom.evaluate.season import seasonality as seasonality
from seqloom.evaluate.sections import data_section as data_section
from seqloom.evaluate.sections import scores_section as scores_section
from seqloom.evaluate.sections import settings_section as settings_section
from seqloom.evaluate.sections import training_section as training_section
from seqloom.evaluate.sections_classify import class_sections as class_sections
from seqloom.evaluate.sections_forecast import forecast_sections as forecast_sections
from seqloom.evaluate.sections_values import value_sections as value_sections
from seqloom.evaluate.sketch import Sketch as Sketch
from seqloom.evaluate.table import Table as Table
from seqloom.evaluate.value_outcome import ValueOutcome as ValueOutcome
from seqloom.evaluate.verdict import Verdict as Verdict
from seqloom.evaluate.verdict import verdict as verdict
from seqloom.evaluate.views import joint as joint

__all__ = [
    "ALTERNATIVES",
    "METRICS",
    "MODEL",
    "Alternative",
    "Alternatives",
    "Autocorrelation",
    "ClassOutcome",
    "Comparison",
    "Curve",
    "FigureData",
    "ForecastOutcome",
    "Hints",
    "Histogram",
    "JudgeSettings",
    "Judgement",
    "LookbackRidge",
    "Report",
    "Scoreboard",
    "Section",
    "Sketch",
    "Skipped",
    "Table",
    "ValueOutcome",
    "Verdict",
    "alternative_answers",
    "autocorrelation",
    "class_sections",
    "compare",
    "conformal_offsets",
    "confusion",
    "coverage_by_step",
    "cycle_lags",
    "data_section",
    "draw",
    "fit_alternatives",
    "forecast_sections",
    "histogram",
    "joint",
    "judge",
    "one_step_residuals",
    "picture",
    "precision_recall",
    "render",
    "roc",
    "scores_section",
    "seasonality",
    "settings_section",
    "training_section",
    "untrained_alternatives",
    "value_sections",
    "verdict",
    "worst",
]
