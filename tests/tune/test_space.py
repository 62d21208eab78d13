"""What is searched."""

import pytest

from seqloom.tune.space import Choice, Real, Searched, Space, Whole


class First:
    """Chooses the first value, or the lower bound, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def suggest_categorical(self, name, choices):
        """The first."""
        self.asked.append(name)
        return choices[0]

    def suggest_int(self, name, low, high, *, log=False):  # noqa: ARG002 - the protocol's signature
        """The least."""
        self.asked.append(name)
        return low

    def suggest_float(self, name, low, high, *, log=False):  # noqa: ARG002 - the protocol's signature
        """The middle, with more digits than anybody reads."""
        self.asked.append(name)
        return (low + high) / 2 + 1e-9


def activation(cell):
    return Space(
        (
            Searched("cell", Choice((cell,))),
            Searched("activation", Choice(("relu", "tanh")), {"cell": ("lstm",)}),
            Searched("activation", Choice(("elu",)), {"cell": ("rnn",)}),
        )
    )


@pytest.mark.parametrize(("cell", "expected"), [("lstm", "relu"), ("rnn", "elu"), ("gru", None)])
def test_a_condition_decides_what_is_drawn(cell, expected):
    """An activation is drawn from those of the cell, and not at all where the cell has one only."""
    assert activation(cell).draw(First(), {}).get("activation") == expected


def test_one_setting_under_two_conditions_has_two_names():
    """Each has its own values to choose from, so a sampler must tell them apart."""
    names = [one.name for one in activation("lstm").searched]
    assert names == ["cell", "activation (cell lstm)", "activation (cell rnn)"]


def test_a_condition_may_be_about_a_fixed_setting():
    """What is given counts like what is drawn."""
    space = Space((Searched("momentum", Real(0.5, 0.9), {"optimizer": ("sgd",)}),))
    assert (space.draw(First(), {"optimizer": "sgd"}), space.draw(First(), {})) == ({"momentum": 0.7}, {})


def test_numbers_are_drawn_with_three_digits():
    """What is used is what people read and write."""
    assert Real(0.1, 0.3).pick(First(), "dropout") == 0.2


def test_rounding_does_not_leave_the_range():
    """The bounds are kept."""
    assert Real(0.12345, 0.12346).pick(First(), "dropout") in (0.12345, 0.12346)


@pytest.mark.parametrize(
    ("range_", "held", "refused"),
    [
        (Whole(2, 8), 8, (1, 9, 4.0, True)),
        (Real(0.0, 0.5), 0, (0.6, True, "0.1")),
        (Choice((True, False)), True, (1, "yes")),
        (Choice((16, 32)), 16, (64, True)),
    ],
)
def test_a_range_holds_its_values_alone(range_, held, refused):
    """Bounds and kinds are looked at: a truth value is no number."""
    assert range_.holds(held)
    assert [value for value in refused if range_.holds(value)] == []


def test_of_values_those_in_the_space_are_held():
    """Defaults outside of it are left to the data."""
    space = Space((Searched("layers", Whole(2, 3)), Searched("cell", Choice(("gru",)))))
    assert space.held({"layers": 1, "cell": "gru", "epochs": 5}, {}) == {"cell": "gru"}


def test_equal_spaces_are_equal_as_data():
    """A change of one bound is seen."""
    first, second = Space((Searched("layers", Whole(1, 3)),)), Space((Searched("layers", Whole(1, 2)),))
    assert first.to_json() == Space((Searched("layers", Whole(1, 3)),), source="a.yaml").to_json() != second.to_json()


def test_ranges_are_told_in_words():
    """Who starts a search reads what is searched."""
    words = [str(one) for one in (Whole(4, 64, log=True), Real(0, 0.5), Choice((True, "mean")))]
    assert words == ["4 to 64, logarithmic", "0 to 0.5", "yes, mean"]
