"""The space that is searched where nobody says otherwise: around what `fit` would choose from the data."""

from collections.abc import Collection, Iterator

from seqloom.estimators import Plan
from seqloom.model import CELLS, model_class
from seqloom.tune.space import Choice, Real, Searched, Space, Value, Whole

WIDTHS = (4, 512)
"""The narrowest and the widest hidden state that is tried."""
LAYERS = 3
CELLS_TRIED = ("lstm", "gru", "rnn")
LARGEST_DROPOUT = 0.6
OPTIMIZERS = ("adamw", "adam", "rmsprop")
SCHEDULES = ("one-cycle", "cosine", "plateau", "none")
POOLINGS = ("last", "mean", "max", "attention")
FEWEST_BATCHES = 4
"""Updates of an epoch that the largest batch leaves."""


def usual_space(plan: Plan, fixed: Collection[str]) -> Space:
    """Ranges around the settings of a plan, for those settings that have a say in its task.

    | setting | range |
    |---|---|
    | `hidden_size` | a quarter to four times |
    | `layers` | 1 to 3 |
    | `cell` | lstm, gru, rnn |
    | `activation` | what the cell has, where that is several |
    | `bidirectional` | both, where the task allows it |
    | `dropout` | 0 to 0.6 |
    | `optimizer`, `schedule` | adamw, adam, rmsprop; all schedules |
    | `learning_rate` | a tenth to five times |
    | `batch_size` | a half to four times, an epoch keeps four updates |
    | `epochs` | a third to one and a half times |
    | `lookback` | a half to twice, no more than training leaves |
    | `pooling` | last, mean, max, attention |

    Args:
        plan: what would be trained without a search.
        fixed: settings that were given, and are not searched.
    """
    left_out = {*fixed, *plan.without_a_say}
    return Space(tuple(one for one in _everything(plan) if one.setting not in left_out))


def _everything(plan: Plan) -> Iterator[Searched]:
    model = plan.settings.model
    narrow, wide = WIDTHS
    width = model.hidden_size or narrow
    yield Searched(
        "hidden_size", Whole(max(min(narrow, width), width // 4), max(width, min(wide, 4 * width)), log=True)
    )
    yield Searched("layers", Whole(1, max(LAYERS, model.layers)))
    cells: tuple[Value, ...] = (model.cell, *(cell for cell in CELLS_TRIED if cell != model.cell))
    yield Searched("cell", Choice(cells))
    yield from activations(cells)
    if model.bidirectional:  # chosen where the whole sequence is known; elsewhere it would show what is to be predicted
        yield Searched("bidirectional", Choice((True, False)))
    yield Searched("dropout", Real(0.0, max(LARGEST_DROPOUT, model.dropout or 0.0)))
    yield from _training(plan)
    if model.lookback is not None:
        most = _longest_lookback(plan)
        yield Searched("lookback", Whole(max(1, model.lookback // 2), max(model.lookback, most), log=True))
    yield Searched("pooling", Choice(POOLINGS))


def activations(cells: tuple[Value, ...], among: Collection[Value] | None = None) -> Iterator[Searched]:
    """An activation for each group of cells that has the same several ones.

    Args:
        cells: those that are searched, or the one that is used.
        among: the activations to choose from; None: all a cell has.
    """
    groups: dict[tuple[Value, ...], list[Value]] = {}
    for cell in cells:
        own: tuple[Value, ...] = tuple(name for name in CELLS[str(cell)].activations if among is None or name in among)
        groups.setdefault(own, []).append(cell)
    for own, group in groups.items():
        if len(own) > 1 or (own and own[0] != CELLS[str(group[0])].activations[0]):
            yield Searched("activation", Choice(own), {"cell": tuple(group)})


def _training(plan: Plan) -> Iterator[Searched]:
    train = plan.settings.train
    yield Searched("optimizer", Choice(tuple(dict.fromkeys((train.optimizer, *OPTIMIZERS)))))
    rate = train.learning_rate or 1e-3
    yield Searched("learning_rate", Real(float(f"{rate / 10:.3g}"), float(f"{rate * 5:.3g}"), log=True))
    yield Searched("schedule", Choice(SCHEDULES))
    if train.batch_steps is None and train.batch_size is not None:
        examples, size = len(plan.examples["train"]), train.batch_size
        sizes = [max(1, size // 2), size, 2 * size, 4 * size]
        tried = [own for own in sizes if own <= size or own * FEWEST_BATCHES <= examples]
        yield Searched("batch_size", Choice(tuple(dict.fromkeys(tried))))
    epochs = train.epochs or 1
    yield Searched("epochs", Whole(max(1, epochs // 3), max(epochs, epochs * 3 // 2), log=True))


def _longest_lookback(plan: Plan) -> int:
    """Twice the lookback, as far as half of the shortest training part allows, as the defaults see it."""
    model = plan.settings.model
    borders = plan.parts.split.borders
    lengths = (borders[:, 1] - borders[:, 0])[borders[:, 1] > borders[:, 0]]
    room = (int(lengths.min(initial=1 << 30)) - (model.horizon or 0)) // 2
    return min(2 * (model.lookback or 1), room) if model_class(plan.task).by_steps else 2 * (model.lookback or 1)
