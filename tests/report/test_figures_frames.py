import numpy as np

from seqloom.report.figures_frames import entries_figure, roll_figure, sheet_figure, strokes, tiled
from seqloom.sequence import KEYS


def filled(mark, shape):
    """The grid that strokes cover."""
    grid = np.zeros(shape)
    for place in range(0, len(mark.x), 3):
        grid[int(mark.y[place]), int(mark.x[place]) : int(mark.x[place + 1])] = 1
    return grid


def test_strokes_cover_what_is_on():
    """Every run of ones is one stroke from its beginning to its end."""
    grid = (np.random.default_rng(0).random((6, 9)) < 0.5).astype(int)
    x, y = strokes(grid)
    covered = np.zeros_like(grid)
    for begin, end, row in zip(x[::3], x[1::3], y[::3], strict=True):
        covered[int(row), int(begin) : int(end)] += 1
    np.testing.assert_array_equal(covered, grid)


def test_a_roll_shows_the_keys_that_are_played():
    """Strokes stand at the MIDI numbers of the keys, with two keys to spare."""
    roll = np.zeros((4, 88))
    roll[1:3, 39] = 1
    (panel,) = roll_figure([("a", "truth", roll)]).panels
    (mark,) = panel.marks
    assert (mark.x[:2], mark.y[:2]) == ((1, 3), (60, 60))
    assert panel.y.limits == (58, 62)


def test_a_silent_roll_has_axes():
    """A piece without a note is an empty picture."""
    (panel,) = roll_figure([("a", "truth", np.zeros((4, 88)))]).panels
    assert panel.y.limits == (46, 74)


def test_images_stand_side_by_side():
    """Five images of 2 by 3 fill two rows of three places, two pixels apart."""
    images = [np.full((2, 3), place + 1) for place in range(5)]
    sheet = tiled(images)
    assert sheet.shape == (2 * 4 + 2, 3 * 5 + 2)
    assert sheet[2:4, 7:10].tolist() == [[2, 2, 2]] * 2
    assert sheet[6:8, 2:5].tolist() == [[4, 4, 4]] * 2
    assert sheet.sum() == 6 * (1 + 2 + 3 + 4 + 5)


def test_a_sheet_shows_every_pixel_that_is_on():
    """Its strokes cover the tiled images."""
    images = [(np.random.default_rng(seed).random((4, 4)) < 0.5).astype(np.uint8) for seed in range(3)]
    (panel,) = sheet_figure([("a", "model", images)]).panels
    np.testing.assert_array_equal(filled(panel.marks[0], tiled(images).shape), tiled(images))


def test_the_cost_of_entries_stands_at_their_place():
    """Keys of a piano stand at their MIDI number, other entries at their own."""
    nats = {"model": np.arange(88.0), "markov": np.ones(88)}
    (panel,) = entries_figure(nats, KEYS).panels
    assert panel.marks[0].x[0] == 21
    assert [mark.name for mark in panel.marks] == ["model", "markov"]
    (panel,) = entries_figure({"model": np.ones(2)}, ("x0", "x1")).panels
    assert panel.marks[0].x == (0, 1)
