"""What an artifact says of itself: the fields of manifest.json."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from seqloom.artifact.golden_format import GoldenWords
from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.strict_json import JSON
from seqloom.model import InputSizes, ModelSettings
from seqloom.sequence import Schema


class Manifest(BaseModel):
    """The manifest without the fields the container keeps.

    Args:
        seqloom: version of the package that saved the artifact.
        task: name of the task.
        columns: schema of the data.
        pipeline: the words and switches of the fitted preparation.
        model: the network's shape.
        sizes: the sizes of the data the network was built for.
        settings: every setting of the training, defaults filled in.
        fingerprint: what the training data was.
        metrics: metrics by part and name.
        baselines: metrics of the alternatives, by their name.
        profile: statistics of the training data, to tell later data from.
        golden: the words of the golden examples.
        method: the words of a simple method; None, and not written: the model is a network.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    seqloom: str
    task: str
    columns: Schema = Field(alias="schema")
    pipeline: dict[str, JSON]
    model: ModelSettings
    sizes: InputSizes
    settings: dict[str, JSON]
    fingerprint: dict[str, JSON]
    metrics: dict[str, JSON]
    baselines: dict[str, JSON]
    profile: dict[str, JSON]
    golden: GoldenWords
    method: dict[str, JSON] | None = None

    def fields(self) -> dict[str, JSON]:
        """The fields as JSON."""
        left_out = {"method"} if self.method is None else set()
        return self.model_dump(mode="json", by_alias=True, exclude=left_out)

    @classmethod
    def read(cls, fields: Mapping[str, JSON], where: str) -> "Manifest":
        """The manifest of these fields.

        Raises:
            ArtifactError: a field is missing, unknown or of another type; the message names it.
        """
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            came = "none" if first["type"] == "missing" else shown(first["input"])
            raise refusal(f"{where}, {shown(place)}", expected=shown(first["msg"]).strip("'"), came=came) from error
