"""Seeing inside: what answers rest on, how gradients flow, what states hold, where errors are."""

from seqloom.explain.agreement import Agreement as Agreement
from seqloom.explain.agreement import agreement as agreement
from seqloom.explain.attention import Alignments as Alignments
from seqloom.explain.attention import alignments as alignments
from seqloom.explain.attention import attention as attention
from seqloom.explain.attribution import Attribution as Attribution
from seqloom.explain.cutting import cut_out as cut_out
from seqloom.explain.diagnostics import Diagnostics as Diagnostics
from seqloom.explain.diagnostics import diagnose as diagnose
from seqloom.explain.drift import Drift as Drift
from seqloom.explain.drift import drift as drift
from seqloom.explain.drift import drift_figure as drift_figure
from seqloom.explain.explain import explain as explain
from seqloom.explain.explanation import Explanation as Explanation
from seqloom.explain.explanation import Findings as Findings
from seqloom.explain.gates import Gates as Gates
from seqloom.explain.gates import gates as gates
from seqloom.explain.gates import openness as openness
from seqloom.explain.gradients import GradientFlow as GradientFlow
from seqloom.explain.gradients import flow_of as flow_of
from seqloom.explain.gradients import gradient_flow as gradient_flow
from seqloom.explain.grouped_errors import GroupedErrors as GroupedErrors
from seqloom.explain.grouped_errors import group_errors as group_errors
from seqloom.explain.grouped_errors import groups_figure as groups_figure
from seqloom.explain.integrated import gradient_times_input as gradient_times_input
from seqloom.explain.integrated import integrate as integrate
from seqloom.explain.occlusion import FeatureEffects as FeatureEffects
from seqloom.explain.occlusion import occlude as occlude
from seqloom.explain.occlusion import occlude_features as occlude_features
from seqloom.explain.permutation import FeaturePermutation as FeaturePermutation
from seqloom.explain.permutation import OrderPermutation as OrderPermutation
from seqloom.explain.permutation import permute_features as permute_features
from seqloom.explain.permutation import permute_order as permute_order
from seqloom.explain.probes import Probe as Probe
from seqloom.explain.probes import probe as probe
from seqloom.explain.probes import probes_figure as probes_figure
from seqloom.explain.project import Projection as Projection
from seqloom.explain.project import fifths as fifths
from seqloom.explain.project import kinds as kinds
from seqloom.explain.project import neighbours as neighbours
from seqloom.explain.project import principal as principal
from seqloom.explain.question import Question as Question
from seqloom.explain.question import ask as ask
from seqloom.explain.sanity import Sanity as Sanity
from seqloom.explain.sanity import check_sanity as check_sanity
from seqloom.explain.smallest import Smallest as Smallest
from seqloom.explain.smallest import smallest as smallest
from seqloom.explain.spectrum import Spectrum as Spectrum
from seqloom.explain.spectrum import spectrum as spectrum
from seqloom.explain.states import States as States
from seqloom.explain.states import states as states
from seqloom.explain.subject import PARTS as PARTS
from seqloom.explain.subject import ExplainSettings as ExplainSettings
from seqloom.explain.trace import LayerTrace as LayerTrace
from seqloom.explain.trace import trace as trace
from seqloom.explain.training import TrainingCourse as TrainingCourse
from seqloom.explain.training import training_course as training_course
from seqloom.explain.units import Unit as Unit
from seqloom.explain.units import telling_units as telling_units
from seqloom.explain.units import text_facts as text_facts
from seqloom.explain.weights import WeightMatrix as WeightMatrix
from seqloom.explain.weights import weight_matrices as weight_matrices
from seqloom.explain.weights import weights_figure as weights_figure

__all__ = [
    "PARTS",
    "Agreement",
    "Alignments",
    "Attribution",
    "Diagnostics",
    "Drift",
    "ExplainSettings",
    "Explanation",
    "FeatureEffects",
    "FeaturePermutation",
    "Findings",
    "Gates",
    "GradientFlow",
    "GroupedErrors",
    "LayerTrace",
    "OrderPermutation",
    "Probe",
    "Projection",
    "Question",
    "Sanity",
    "Smallest",
    "Spectrum",
    "States",
    "TrainingCourse",
    "Unit",
    "WeightMatrix",
    "agreement",
    "alignments",
    "ask",
    "attention",
    "check_sanity",
    "cut_out",
    "diagnose",
    "drift",
    "drift_figure",
    "explain",
    "fifths",
    "flow_of",
    "gates",
    "gradient_flow",
    "gradient_times_input",
    "group_errors",
    "groups_figure",
    "integrate",
    "kinds",
    "neighbours",
    "occlude",
    "occlude_features",
    "openness",
    "permute_features",
    "permute_order",
    "principal",
    "probe",
    "probes_figure",
    "smallest",
    "spectrum",
    "states",
    "telling_units",
    "text_facts",
    "trace",
    "training_course",
    "weight_matrices",
    "weights_figure",
]
