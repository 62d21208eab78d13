"""Training the nets that a model is compared with: on the same examples, with the same settings otherwise."""

from dataclasses import replace

from seqloom.alternatives import Alternatives
from seqloom.estimators.plan import Plan
from seqloom.estimators.walk import Walked, walk
from seqloom.evaluate import Rival
from seqloom.model import model_class, predict
from seqloom.tasks import TASKS, Answered, Net, rivals_of
from seqloom.train import Progress


def train_rivals(walked: Walked, *, progress: Progress | None = None) -> tuple[list[Rival], dict[str, str]]:
    """Train each of them and let it answer the test part.

    Args:
        walked: the walk of the model.
        progress: who is told how the trainings go.

    Returns:
        What their answers came to, and of those that are missing the reason.
    """
    task, settings = TASKS[walked.plan.task], walked.settings.model
    nets = rivals_of(task.rivals, settings)
    found: list[Rival] = []
    for name, net in nets.items():
        if progress is not None:
            progress.announce(f"to compare with: {net.title}")
        other = walk(_beside(walked.plan, net), progress=progress)
        if other.interrupted:
            reason = "its training was interrupted"
            return found, {missing: reason for missing in nets if missing not in {one.name for one in found}}
        asked, nobody = other.examples["test"], Alternatives((), {}, other.season)
        answer = predict(other.model, other.pipeline, asked)
        answered = Answered(other.model, other.pipeline, asked, answer, nobody, other.examples["train"])
        found.append(Rival(name, net.title, task.trial(answered).model(), net.handicap))
    return found, {}


def _beside(plan: Plan, net: Net) -> Plan:
    """The same training of another net, from weights that are drawn."""
    settings, kind = net.settings(plan.settings.model), model_class(plan.task)
    parts = plan.parts
    examples = {
        part: kind.examples(
            plan.examples[part].prepared, parts.test_split if part == "test" else parts.split, part, settings
        )
        for part in ("train", "validation", "test")
    }
    resolved = plan.settings.model_copy(update={"model": settings})
    return replace(plan, settings=resolved, examples=examples, begin=None)
