"""What a user may choose about preparation and about the parts of a data set."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from seqloom.errors import SettingsError
from seqloom.sequence import Names

Scale = Literal["standard", "minmax", "robust", "none"]
Encoding = Literal["embedding", "one-hot", "integer"]
Missing = Literal["reject", "forward-fill", "impute"]
Unseen = Literal["reject", "unknown"]


Tokens = Literal["words", "characters", "bpe", "wordpiece"]


VOCABULARY = 20_000
"""Different tokens at most, where nobody said."""


class TokenSettings(BaseModel):
    """How texts become tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tokens: Tokens | None = Field(
        None,
        description="what a step of a text is: a word or mark, a character, or a learned piece of a word;"
        " chosen by the task",
    )
    target_tokens: Tokens | None = Field(
        None, description="the same for texts that are to be predicted; by default characters"
    )
    vocabulary: int | None = Field(
        None,
        ge=2,
        description="different tokens at most, the most frequent ones; 20,000 where the task knows no better",
    )
    min_count: int = Field(2, ge=1, description="times a token or a word must occur in the training part to be known")
    lowercase: bool | None = Field(None, description="read capitals as small letters; by default all but characters")
    strip_marks: bool = Field(default=True, description="leave out marks of HTML, such as <br />")
    max_tokens: int | None = Field(None, ge=1, description="tokens of a text at most; the others are cut off")
    cut: Literal["head", "tail"] = Field("tail", description="which end of a longer text is cut off")

    @property
    def most_tokens(self) -> int:
        """Different tokens at most, whoever chose how many."""
        return self.vocabulary or VOCABULARY


class SoundSettings(BaseModel):
    """How sounds become frames."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mel_bands: int = Field(40, ge=1, le=512, description="bands of the mel scale a sound is heard in")
    frame_ms: float = Field(25.0, gt=0, le=1000, description="milliseconds of sound in a frame")
    hop_ms: float = Field(10.0, gt=0, le=1000, description="milliseconds from one frame to the next")
    lowest_hz: float = Field(20.0, ge=0, description="where the lowest band begins")
    highest_hz: float | None = Field(None, gt=0, description="where the highest band ends (half the rate)")
    loudness: Literal["relative", "absolute"] = Field(
        "relative", description="measure bands from the loudest so far in the recording, or from full scale"
    )
    range_db: float = Field(45.0, gt=0, le=200, description="decibels below that from which on a band is silent")
    slopes: bool = Field(default=False, description="add how each band rises or falls over the last five frames")


class PrepareSettings(TokenSettings, SoundSettings):
    """How columns become numbers a network can read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scaling: Scale = Field(
        "standard", description="scale numbers to mean 0 and deviation 1, to 0..1, by median and quartiles, or not"
    )
    scale_by: Literal["all", "group"] = Field(
        "all", description="scale all sequences alike, or each by its own training part"
    )
    encoding: Encoding = Field(
        "embedding", description="give categories to the network as learned vectors, 0/1 columns or one number"
    )
    missing: Missing = Field(
        "reject",
        description="missing values: stop and name the cell, repeat the last value, or training mean and an indicator",
    )
    unseen: Unseen = Field(
        "reject", description="a category not met in training: stop and name the cell, or treat it as unknown"
    )
    spelling: bool | None = Field(
        None, description="read words by their letters, too: beginnings, endings, shape; by default for tags"
    )
    calendar: bool | None = Field(None, description="add calendar features; by default wherever there is a clock")
    target_transform: Literal["none", "log"] = Field(
        "none", description="learn the target or its logarithm (for positive, multiplicative targets)"
    )
    label_separator: str | None = Field(
        None, description="what stands between the labels of a cell, such as | or ; where a sequence has several"
    )
    attributes: Names = Field((), description="events: columns that are predicted of the next event beside its type")
    threshold_on: float | None = Field(
        None,
        allow_inf_nan=False,
        description="frames: value from which on an entry is on; none: halfway from the least to the greatest",
    )
    resample: str | None = Field(
        None,
        description="bring the steps to this interval, as 15min, 1h or 1d; 1h:last keeps the last value, not the mean",
    )

    @field_validator("label_separator")
    @classmethod
    def _something(cls, value: str | None) -> str | None:
        found = {"tab": "\t", "space": " "}.get(value or "", value)
        if found == "":
            fix = "name one, such as | or ; or space"
            raise SettingsError("label_separator", expected="at least one character", came="''", fix=fix)
        return found


class SplitSettings(BaseModel):
    """Which steps or sequences are learned from, which choose the best epoch, and which judge."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    split: Literal["time", "order", "group", "stratified", "random"] | None = Field(
        None, description="how parts are cut; by default time for forecasts, stratified for classes, random for values"
    )
    split_column: str | None = Field(None, description="column that says train, validation or test")
    split_group: str | None = Field(None, description="static column, or the group, whose values never straddle parts")
    validation_size: int | float = Field(
        0.15, ge=0, description="share of the validation part, or its number of steps or sequences if 1 or more"
    )
    test_size: int | float = Field(
        0.15, ge=0, description="share of the test part, or its number of steps or sequences if 1 or more"
    )
