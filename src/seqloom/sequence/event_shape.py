"""What of the next event is predicted, and where each part stands."""

from pydantic import BaseModel, ConfigDict

GAP, ZERO = "gap", "gap:zero"
"""Names of the logarithm of the gap and of the mark that there was none, among features and targets."""


class EventShape(BaseModel):
    """The columns of an event's row: its type, the gap before it, its attributes.

    In this order stand: the type's number; with a clock 1 where the gap is zero and 0 elsewhere, and the scaled
    logarithm of the gap; number attributes in scaled units; category attributes as numbers. NaN: not known.

    Args:
        types: how many types there are.
        gap: whether there is a clock.
        numbers: names of the number attributes.
        categories: names of the category attributes.
        labels: how many labels each of those has.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    types: int
    gap: bool = False
    numbers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    labels: tuple[int, ...] = ()

    @property
    def first_number(self) -> int:
        """Place of the first number attribute."""
        return 3 if self.gap else 1

    @property
    def first_category(self) -> int:
        """Place of the first category attribute."""
        return self.first_number + len(self.numbers)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.first_category + len(self.categories)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns but the type."""
        return (*((ZERO, GAP) if self.gap else ()), *self.numbers, *self.categories)
