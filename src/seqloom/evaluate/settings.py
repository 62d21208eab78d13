"""What a model is judged by, as far as it can be chosen."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Against = Literal["none", "quick", "full"]


class JudgeSettings(BaseModel):
    """How a model is judged."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    against: Against = Field(
        "quick",
        description="Compared with nothing, with simple methods, or also with slow ones and other nets.",
    )
