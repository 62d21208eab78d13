"""Showing: the report as data, as a page and as letters in a terminal."""

from seqloom.report.anomaly_outcome import AnomalyOutcome as AnomalyOutcome
from seqloom.report.anomaly_outcome import InjectedOutcome as InjectedOutcome
from seqloom.report.axes import cut as cut
from seqloom.report.bitmap import png_of as png_of
from seqloom.report.bitmap import sheet_png as sheet_png
from seqloom.report.class_outcome import ClassOutcome as ClassOutcome
from seqloom.report.contents import Section as Section
from seqloom.report.event_outcome import EventOutcome as EventOutcome
from seqloom.report.failure_outcome import FailureOutcome as FailureOutcome
from seqloom.report.figure_data import SERIES as SERIES
from seqloom.report.figure_data import AnyMark as AnyMark
from seqloom.report.figure_data import Axis as Axis
from seqloom.report.figure_data import Band as Band
from seqloom.report.figure_data import Bars as Bars
from seqloom.report.figure_data import Cells as Cells
from seqloom.report.figure_data import FigureData as FigureData
from seqloom.report.figure_data import Heat as Heat
from seqloom.report.figure_data import Ink as Ink
from seqloom.report.figure_data import Line as Line
from seqloom.report.figure_data import Panel as Panel
from seqloom.report.figure_data import Points as Points
from seqloom.report.figure_data import Rule as Rule
from seqloom.report.figure_data import clock as clock
from seqloom.report.figures import draw as draw
from seqloom.report.figures_frames import roll_figure as roll_figure
from seqloom.report.figures_frames import sheet_figure as sheet_figure
from seqloom.report.figures_intervals import moving_figure as moving_figure
from seqloom.report.figures_intervals import widths_table as widths_table
from seqloom.report.figures_residuals import autocorrelation_figure as autocorrelation_figure
from seqloom.report.figures_residuals import residual_histogram as residual_histogram
from seqloom.report.figures_series import series_figure as series_figure
from seqloom.report.forecast_outcome import ForecastOutcome as ForecastOutcome
from seqloom.report.frame_outcome import FrameOutcome as FrameOutcome
from seqloom.report.frame_outcome import picture_of as picture_of
from seqloom.report.label_outcome import LabelOutcome as LabelOutcome
from seqloom.report.language_outcome import LanguageOutcome as LanguageOutcome
from seqloom.report.page import render as render
from seqloom.report.picture import picture as picture
from seqloom.report.report import Report as Report
from seqloom.report.scoreboard import Scoreboard as Scoreboard
from seqloom.report.sections import data_section as data_section
from seqloom.report.sections import records_table as records_table
from seqloom.report.sections import scores_section as scores_section
from seqloom.report.sections import settings_section as settings_section
from seqloom.report.sections import training_section as training_section
from seqloom.report.sections_anomaly import anomaly_sections as anomaly_sections
from seqloom.report.sections_backtest import backtest_sections as backtest_sections
from seqloom.report.sections_classify import class_sections as class_sections
from seqloom.report.sections_events import event_sections as event_sections
from seqloom.report.sections_failures import failure_sections as failure_sections
from seqloom.report.sections_forecast import forecast_sections as forecast_sections
from seqloom.report.sections_frames import frame_samples as frame_samples
from seqloom.report.sections_frames import frame_sections as frame_sections
from seqloom.report.sections_label import label_sections as label_sections
from seqloom.report.sections_language import language_sections as language_sections
from seqloom.report.sections_language import samples_section as samples_section
from seqloom.report.sections_life import life_sections as life_sections
from seqloom.report.sections_tag import tag_sections as tag_sections
from seqloom.report.sections_transcribe import transcript_sections as transcript_sections
from seqloom.report.sections_translate import translate_sections as translate_sections
from seqloom.report.sections_values import value_sections as value_sections
from seqloom.report.sketch import Sketch as Sketch
from seqloom.report.table import Cell as Cell
from seqloom.report.table import Column as Column
from seqloom.report.table import Table as Table
from seqloom.report.table import written as written
from seqloom.report.tag_outcome import TagOutcome as TagOutcome
from seqloom.report.thin import spread as spread
from seqloom.report.thin import thin as thin
from seqloom.report.transcript_outcome import TranscriptOutcome as TranscriptOutcome
from seqloom.report.translate_outcome import TranslateOutcome as TranslateOutcome
from seqloom.report.value_outcome import ValueOutcome as ValueOutcome
from seqloom.report.watching import remark as remark
from seqloom.report.watching import server_of as server_of
from seqloom.report.watching import shown_means as shown_means
from seqloom.report.watching import verdict_of as verdict_of
from seqloom.report.watching import watch_report as watch_report

__all__ = [
    "SERIES",
    "AnomalyOutcome",
    "AnyMark",
    "Axis",
    "Band",
    "Bars",
    "Cell",
    "Cells",
    "ClassOutcome",
    "Column",
    "EventOutcome",
    "FailureOutcome",
    "FigureData",
    "ForecastOutcome",
    "FrameOutcome",
    "Heat",
    "InjectedOutcome",
    "Ink",
    "LabelOutcome",
    "LanguageOutcome",
    "Line",
    "Panel",
    "Points",
    "Report",
    "Rule",
    "Scoreboard",
    "Section",
    "Sketch",
    "Table",
    "TagOutcome",
    "TranscriptOutcome",
    "TranslateOutcome",
    "ValueOutcome",
    "anomaly_sections",
    "autocorrelation_figure",
    "backtest_sections",
    "class_sections",
    "clock",
    "cut",
    "data_section",
    "draw",
    "event_sections",
    "failure_sections",
    "forecast_sections",
    "frame_samples",
    "frame_sections",
    "label_sections",
    "language_sections",
    "life_sections",
    "moving_figure",
    "picture",
    "picture_of",
    "png_of",
    "records_table",
    "remark",
    "render",
    "residual_histogram",
    "roll_figure",
    "samples_section",
    "scores_section",
    "series_figure",
    "server_of",
    "settings_section",
    "sheet_figure",
    "sheet_png",
    "shown_means",
    "spread",
    "tag_sections",
    "thin",
    "training_section",
    "transcript_sections",
    "translate_sections",
    "value_sections",
    "verdict_of",
    "watch_report",
    "widths_table",
    "written",
]
