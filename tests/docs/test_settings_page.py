"""The settings page says of every setting what its model says."""

from typing import Literal

import pytest
from pydantic import BaseModel, Field

import settings_page
from seqloom.estimators import ROOMS


class Choices(BaseModel):
    """Settings of every kind."""

    way: Literal["a", "b"] | None = Field(None, description="which way")
    width: int | None = Field(None, ge=1, lt=4096, description="Width.")
    share: int | float = Field(0.5, gt=0, description="share | number")
    turn: bool = Field(default=False, description="whether to turn")
    names: tuple[str, ...] = Field((), description="columns")
    seed: int = Field(0, lt=2**63, description="Seed.")
    size: str | int | None = Field(None, description="bytes")


ROWS = {
    "choices": "| `way` | `a`, `b` |  | Which way. |",
    "bounds": "| `width` | whole number, ≥ 1, < 4,096 |  | Width. |",
    "either number": "| `share` | number, > 0 | `0.5` | Share \\| number. |",
    "switch": "| `turn` | yes, no | no | Whether to turn. |",
    "names": "| `names` | names |  | Columns. |",
    "bound nobody meets": "| `seed` | whole number | `0` | Seed. |",
    "either kind": "| `size` | text or whole number |  | Bytes. |",
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_setting_is_one_row(kind):
    """Name, values with their bounds, default and description stand in one row."""
    assert ROWS[kind] in settings_page.page({"room": Choices}).splitlines()


def test_rooms_have_the_headings_of_the_command_line():
    """A room's section is called as in the help of `seqloom fit`."""
    assert "## Training it\n" in settings_page.page({"train": Choices})


def test_every_setting_is_listed_once():
    """The page of the package has exactly the settings its models have."""
    listed = [line.split("`")[1] for line in settings_page.page(ROOMS).splitlines() if line.startswith("| `")]
    assert listed == [name for model in ROOMS.values() for name in model.model_fields]
