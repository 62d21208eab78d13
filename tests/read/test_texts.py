import polars as pl
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read
from seqloom.read.table import Table
from seqloom.read.texts import holds_texts, text_columns

REVIEWS = ["a very good film", "not my cup of tea", "what a waste of time", "I laughed and I cried"]
LABELS = ["pos", "neg", "neg", "pos"]
SENTIMENT = ReadSettings(target="label")


def holds(cells, **settings):
    """Whether a column `x` of these cells is read as texts."""
    return holds_texts(Table.of(pl.DataFrame({"x": cells}), "a.csv"), "x", ReadSettings(**settings))


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        (REVIEWS, True),
        (["Berlin", "New York", "Rome"], False),
        (["a cup of tea"] * 4, False),
        (["1.5 2.5 3.5", "x"], False),
        ([1, 2, 3], False),
        ([None, None], False),
    ],
)
def test_cells_of_several_words_that_differ_are_texts(cells, texts):
    """Names, repeated labels, numbers and nothing at all are none."""
    assert holds(cells) is texts


def test_a_column_can_be_named_as_texts():
    """Short ones too."""
    assert holds(["yes", "no"], text="x")


@pytest.mark.parametrize("role", ["categories", "target", "static"])
def test_a_named_role_rules_texts_out(role):
    """Who calls a column something else means it."""
    assert not holds(REVIEWS, **{role: "x"})


def test_ignored_columns_are_no_texts():
    """They are not looked at."""
    table = Table.of(pl.DataFrame({"x": REVIEWS, "y": REVIEWS}), "a.csv")
    assert text_columns(table, ReadSettings(ignore="y")) == ["x"]


def test_a_table_of_texts_has_a_sequence_in_each_row(write):
    """The text is its one step, to be cut into tokens later; other columns are static."""
    rows = "".join(f"{text},{label},{k}\n" for k, (text, label) in enumerate(zip(REVIEWS, LABELS, strict=True)))
    found = read(write("a.csv", f"review,label,stars\n{rows}"), settings=SENTIMENT)
    assert (found.schema.layout, found.lengths.tolist()) == ("nested", [1, 1, 1, 1])
    assert [(column.name, column.kind, column.role) for column in found.schema.columns] == [
        ("review", "text", "past"),
        ("label", "category", "target"),
        ("stars", "number", "static"),
    ]
    assert [found.categories["review"][code] for code in found.steps["review"]] == REVIEWS


def test_dates_beside_texts_are_no_clock():
    """Texts follow one another in no order; the note says that the dates are not used."""
    days = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"]
    found = read({"day": days, "review": REVIEWS, "label": LABELS}, settings=SENTIMENT)
    assert found.schema.time is None
    assert "column 'day' is not used: texts follow no clock" in found.notes


def test_several_texts_may_belong_to_one_sequence():
    """In a long table each row is a text of its group."""
    table = {"chat": ["a", "a", "b", "b"], "said": REVIEWS, "label": ["x", "x", "y", "y"]}
    found = read(table, settings=ReadSettings(target="label", group="chat"))
    assert (found.schema.layout, found.lengths.tolist()) == ("long", [2, 2])
    assert found.schema.column("said").kind == "text"


def test_texts_beside_lists_are_left_out_as_before():
    """Where cells hold lists, they are the steps."""
    found = read({"x": [[1.0], [2.0], [3.0], [4.0]], "note": REVIEWS, "label": LABELS}, settings=SENTIMENT)
    assert "column 'note' is not used: its text is different in every row" in found.notes


def test_texts_beside_numbered_columns_name_the_rows():
    """A wide table stays one."""
    steps = {f"t{step}": [1.0, 2.0, 3.0, 4.0] for step in range(8)}
    found = read({"note": REVIEWS, "label": LABELS, **steps}, settings=SENTIMENT)
    assert (found.schema.layout, found.schema.group) == ("wide", "note")


def test_bytes_that_are_no_text_are_named(write):
    """File and line of the first one."""
    path = write("a.csv", b"review,label\n" + b"a good film,pos\n" * 3 + b"caf\xe9 of love,neg\n")
    with pytest.raises(DataError, match=r"a.csv, line 5: expected text in UTF-8, came the byte 0xe9"):
        read(path, settings=SENTIMENT)
