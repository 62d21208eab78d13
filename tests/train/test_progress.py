import io

import pytest

from seqloom.train import Bar, Log, Moment, Quiet, progress_on

LINE = {
    "epoch": 2,
    "loss": 0.12345678,
    "validation": 0.5,
    "learning_rate": 0.1,
    "gradient_norm": 1.0,
    "seconds": 1.25,
    "steps_per_second": 12_345.6,
}


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def tell(progress):
    """The story of a run of one epoch."""
    progress.begin(epochs=3, updates=30, done=0)
    progress.advance(Moment(epoch=2, update=20, loss=0.25, steps_per_second=1_000.0))
    progress.complete(LINE, best=True)
    progress.end("epochs")


@pytest.mark.parametrize(
    ("stream", "mode", "kind"),
    [
        (io.StringIO(), "auto", Log),
        (Terminal(), "auto", Bar),
        (io.StringIO(), "bar", Bar),
        (Terminal(), "log", Log),
        (Terminal(), "quiet", Quiet),
    ],
)
def test_the_stream_decides_unless_told_otherwise(stream, mode, kind):
    """A bar is drawn on terminals, lines go elsewhere, and each can be asked for."""
    assert type(progress_on(stream, mode)) is kind


def test_a_line_of_the_log_tells_all_of_an_epoch():
    """The line has epoch, loss, validation and its best so far, time and speed."""
    stream = io.StringIO()
    tell(Log(stream))
    expected = "epoch 2/3  loss 0.12346  validation 0.5 (best 0.5 in epoch 2)  1.2 s  12,346 steps/s\n"
    assert stream.getvalue() == expected


@pytest.mark.parametrize(("epochs", "shown"), [(3, [1, 2, 3]), (100, [1, *range(5, 96, 5), 97])])
def test_the_log_of_a_long_run_leaves_epochs_out(epochs, shown):
    """First and last epoch are written, and about twenty lines in all, wherever the training stops."""
    stream = io.StringIO()
    log = Log(stream)
    log.begin(epochs=epochs, updates=epochs, done=0)
    for epoch in range(1, shown[-1] + 1):
        log.complete({**LINE, "epoch": epoch}, best=epoch == 1)
    log.end("early")
    assert [int(line.split()[1].split("/")[0]) for line in stream.getvalue().splitlines()] == shown


def test_quiet_says_nothing(capfd):
    """Neither stream gets a byte."""
    tell(Quiet())
    assert capfd.readouterr() == ("", "")


def test_the_bar_shows_where_the_run_is(monkeypatch):
    """Epoch, loss, validation, speed and the time left are on the bar."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    tell(Bar(stream))
    for words in ("epoch 2/3", "loss 0.25", "validation 0.5*", "1,000 steps/s", ":"):
        assert words in stream.getvalue()


def test_the_bar_is_not_drawn_more_often_than_can_be_seen():
    """A thousand updates in no time are drawn once."""
    stream = Terminal()
    bar = Bar(stream)
    bar.begin(epochs=1, updates=1_000, done=0)
    drawn = []
    for number in range(1_000):
        bar.advance(Moment(epoch=1, update=number, loss=1.0, steps_per_second=1.0))
        drawn.append(len(stream.getvalue()))
    bar.end("epochs")
    assert len(set(drawn)) < 5


@pytest.mark.parametrize("progress", [Log, Bar])
def test_what_a_second_training_is_for_is_said(progress):
    """In a line of its own, before its epochs."""
    stream = Terminal()
    progress(stream).announce("anew on all")
    assert stream.getvalue() == "anew on all\n"
