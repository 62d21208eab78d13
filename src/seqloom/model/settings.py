"""What a model is built from: the user's choices, and the sizes the data dictates."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from seqloom.sequence import EventShape

Recurrence = Literal[
    "rnn", "lstm", "peephole-lstm", "norm-lstm", "slstm", "gru", "reset-gru", "mingru", "minlstm", "lru"
]
Whole = Literal["cnn", "tcn", "transformer", "deep-sets"]
"""Nets that read whole sequences at once, without a state."""
Cell = Literal[Recurrence, Whole]
NETWORK = "network"
"""The method that is no alternative."""
Activation = Literal["tanh", "relu", "elu", "sigmoid"]
Pooling = Literal["last", "mean", "max", "attention"]


class ModelSettings(BaseModel):
    """What answers, and the shape of the network. `None` means: chosen from the data by the task."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: str = Field(
        NETWORK, description="What is learned and saved: a network, or one of the alternatives it is compared with."
    )
    cell: Cell = Field("lstm", description="What reads the steps: a recurrent cell, or a net without a state.")
    activation: Activation | None = Field(None, description="Activation of the cell; rnn: any, an LSTM: tanh or relu.")
    remember: int | None = Field(
        None, ge=1, le=1_000_000, description="LRU: steps its units remember in the beginning, about; none: 1 to 1,000."
    )
    hidden_size: int | None = Field(None, ge=1, le=4096, description="Width of the hidden state.")
    embedding: int | None = Field(
        None, ge=1, le=4096, description="Width of the vector learned for each word or token."
    )
    vectors: str | None = Field(
        None, description="File of word vectors to begin with, in the form of GloVe or word2vec."
    )
    freeze_vectors: bool = Field(default=False, description="Leave those vectors as they are instead of learning on.")
    layers: int = Field(1, ge=1, le=16, description="Recurrent layers on top of each other.")
    bidirectional: bool | None = Field(None, description="Read sequences in both directions (not for forecasts).")
    order: Literal["kept", "shuffled"] = Field(
        "kept", description="Shuffled: every sequence's steps in random order, to see what their order is worth."
    )
    dropout: float | None = Field(None, ge=0, lt=1, description="Dropout between layers and before the head.")
    variational_dropout: float = Field(0.0, ge=0, lt=1, description="Dropout inside the recurrence, one mask each.")
    members: int | None = Field(
        None, ge=1, le=100, description="Networks trained side by side whose answers are averaged (not for forecasts)."
    )
    weight_dropout: float = Field(
        0.0, ge=0, lt=1, description="Language: share of the recurrent weights left out of each batch in training."
    )
    tied: bool | None = Field(None, description="Language: read and write tokens by the same vectors.")
    window: int = Field(
        0, ge=0, description="Language: tokens judged at a time, without memory; 0: whole texts in one pass."
    )
    learned_state: bool = Field(default=False, description="Learn the initial state instead of zeros.")
    recompute: bool = Field(
        default=False, description="Keep less in memory in training and compute it again; takes half as long again."
    )
    word_dropout: float | None = Field(
        None, ge=0, lt=1, description="Share of words, and of what is read off them, that training hides."
    )
    crf: bool = Field(
        default=False, description="Tags: score whole tag sequences, with a linear chain over the tags (a CRF)."
    )
    pooling: Pooling | None = Field(None, description="How a sequence becomes one vector: last, mean, max, attention.")
    convolution: bool | None = Field(None, description="Add convolution branches beside the recurrence (LSTM-FCN).")
    filters: int = Field(32, ge=1, le=4096, description="Width of the convolution branches.")
    lookback: int | None = Field(
        None, ge=1, le=100000, description="Steps a forecast looks back; events an example holds."
    )
    horizon: int | None = Field(None, ge=1, le=10000, description="Steps a forecast looks ahead.")
    segment: int = Field(1, ge=1, le=1000, description="Steps of the series read by one step of the recurrence.")
    normalize: Literal["last", "middle", "mean", "window", "none"] = Field(
        "last",
        description="What a forecast is relative to: last value, mean so far, middle, window's mean, or nothing.",
    )
    linear: int | None = Field(
        None, ge=0, description="Past values a linear path to the forecast sees beside the recurrence; 0: no such path."
    )
    stride: int | None = Field(None, ge=1, description="Steps between the training windows of a forecast or of events.")
    judged_stride: int | None = Field(
        None, ge=1, description="Steps between the windows a forecast is judged on; none: 1, more in very long parts."
    )
    channels: Literal["independent", "joint"] = Field(
        "independent", description="Several targets: one shared model for each of them, or one model for all jointly."
    )
    supervise: Literal["every", "last"] = Field("every", description="Teach every step of the lookback, or the last.")
    loss: Literal["mse", "mae", "huber"] = Field("mse", description="Loss of point values.")
    interval: float = Field(0.9, gt=0, lt=1, description="Coverage of the prediction interval.")
    interval_width: Literal["fixed", "adaptive"] = Field(
        "fixed", description="Width of a forecast's interval: as validation has it, or following what comes true."
    )
    frame_head: Literal["independent", "autoregressive"] | None = Field(
        None, description="Entries of a frame: each by itself, or each given those before it."
    )
    head_size: int = Field(
        64, ge=1, le=4096, description="Hidden units between the entries of an autoregressive frame."
    )
    transpose: int = Field(
        0, ge=0, le=24, description="Music: semitones up or down by which pieces are moved at random in training."
    )
    class_weights: Literal["none", "balanced"] = Field("none", description="Weight classes by their rarity.")
    pos_weight: float | None = Field(None, gt=0, description="Weight of the positive class of two, or of every label.")
    threshold: Literal["half", "f1"] | None = Field(
        None,
        description="Two classes: predict the second from one half on, or from the best F1 of validation on; labels:"
        " the same for each.",
    )
    miss_cost: float | None = Field(
        None,
        gt=0,
        le=1_000_000,
        description="Two classes: what a missed positive costs, in false alarms; the threshold is then the cheapest.",
    )
    mixup: float | None = Field(
        None,
        ge=0,
        description="Learn classes and labels from mixtures of two sequences: how strongly they are mixed; 0: off.",
    )
    side_weight: float = Field(
        0.3, ge=0, description="Events: weight of the gap, and of all attributes, in the loss beside the type."
    )
    attention: Literal["luong", "bahdanau"] = Field(
        "luong", description="Score of a translation's attention: a product, or a small network."
    )
    beam: int = Field(5, ge=1, le=1000, description="Beginnings of a text that beam search keeps; 1: greedy.")
    length_penalty: float = Field(1.0, ge=0, le=10, description="How strongly beam search favours longer texts.")
    detector: Literal["forecast", "reconstruction", "density"] = Field(
        "forecast",
        description="Anomalies: what is strange: a value unlike its forecast, one the state cannot give back, or a"
        " state where few have been.",
    )
    usual: Literal["training", "stream"] = Field(
        "training", description="Anomalies: what is usual: what validation steps were like, or each stream's own past."
    )
    ahead: int | None = Field(
        None,
        ge=1,
        le=1000,
        description="Anomalies: steps from a forecast to the step it is compared with; steps a state is to give back.",
    )
    smoothing: int = Field(10, ge=1, le=10000, description="Anomalies: steps over which distances are averaged, about.")
    forget: int = Field(
        5000, ge=10, le=1_000_000, description="Anomalies: steps after which a stream's own past weighs a third."
    )
    false_alarms: float = Field(
        0.01, gt=0, lt=1, description="Anomalies: share of usual steps that may be alarms, which gives the threshold."
    )
    event_gap: int = Field(
        10, ge=0, le=100_000, description="Anomalies: steps without an alarm after which an event is over."
    )
    label_smoothing: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="Share of probability spread over all classes or symbols; by default of texts only.",
    )


class InputSizes(BaseModel):
    """The sizes the prepared data dictates; with `ModelSettings` they determine every weight's shape.

    Args:
        numbers: step features of one row and one step, target history included.
        targets: target columns a model answers for at once, `C`.
        code_sizes: entries of each categorical step feature.
        static_numbers: number features per sequence.
        static_code_sizes: entries of each categorical feature per sequence.
        known: places of the columns known ahead among the step features, target history not counted.
        known_codes: places of the categorical columns known ahead.
        horizon: steps ahead, 0 for tasks about whole sequences.
        classes: labels of each class, in order; empty where values are predicted.
        class_counts: training examples of each class.
        symbols: different symbols of targets that are texts; 0 where they are none.
        per_step: whether a target value belongs to every step of a sequence.
        text: place of the tokens of texts among `code_sizes`; None: there are none.
        words: places of the columns among `code_sizes` that tell words apart.
        event: what of the next event is predicted; None: something else is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    numbers: int
    targets: int = 1
    code_sizes: tuple[int, ...] = ()
    static_numbers: int = 0
    static_code_sizes: tuple[int, ...] = ()
    known: tuple[int, ...] = ()
    known_codes: tuple[int, ...] = ()
    horizon: int = 0
    classes: tuple[str, ...] = ()
    class_counts: tuple[int, ...] = ()
    symbols: int = 0
    per_step: bool = False
    text: int | None = None
    words: tuple[int, ...] = ()
    event: EventShape | None = None
