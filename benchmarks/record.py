"""One run of a task with one seed, kept as a JSON file."""

from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

RESULTS = Path(__file__).parent / "results"


class Record(BaseModel):
    """What a run was and what it came to.

    Args:
        task: name of the task.
        seed: seed of weights, order and dropout.
        recipe: the settings the task gives; records of another recipe than today's are not shown.
        settings: all settings, resolved.
        title: the model's cell, layers and width.
        parameters: weights learned.
        seconds: training with its validation.
        wall: the whole fit: reading excluded, training, alternatives, judgement and report included.
        epochs: epochs run.
        best_epoch: the epoch kept, by the validation part.
        overhead: what loading and logging added to forward, backward and update, as a share of it.
        threads: processor threads while training.
        examples: number of examples of each part.
        split: sha256 of the data and of the places of all examples.
        validation: metrics of the model on the validation part, by units: `data`, and `scaled` where there are such.
        metrics: of the model and of each alternative on the test part.
        verdict: the verdict of the report.
        versions: of what computed.
        processor: class of processor.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str
    seed: int
    recipe: dict[str, Any]
    settings: dict[str, Any]
    title: str
    parameters: int
    seconds: float
    wall: float
    epochs: int
    best_epoch: int
    overhead: float
    threads: int
    examples: dict[str, int]
    split: str
    validation: dict[str, dict[str, float]]
    metrics: dict[str, dict[str, float]]
    verdict: str
    versions: dict[str, str]
    processor: dict[str, Any]

    def save(self, folder: Path = RESULTS) -> Path:
        """Write the record to its place; returns it."""
        path = folder / self.task / f"seed-{self.seed}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")
        return path

    @classmethod
    def of_task(cls, name: str, folder: Path = RESULTS) -> list[Self]:
        """All records of a task, in the order of their seeds."""
        found = [cls.model_validate_json(path.read_bytes()) for path in (folder / name).glob("seed-*.json")]
        return sorted(found, key=lambda record: record.seed)
