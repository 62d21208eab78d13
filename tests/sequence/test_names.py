from seqloom.sequence.names import split_names


def test_a_text_is_split_at_its_commas():
    """Spaces and empty parts go."""
    assert split_names("load, price,") == ("load", "price")


def test_everything_else_is_left_as_it_came():
    """A list of names stays one, and a mistake is left to be refused."""
    assert split_names(["load"]) == ["load"]
    assert split_names(3) == 3
