import gzip

from benchmarks.speed import texts
from benchmarks.speed.case import Case
from benchmarks.speed.rounds import Effort


def test_what_is_not_there_is_named(peers, monkeypatch, tmp_path):
    """Without the data each piece of work has a reason instead of seconds."""
    monkeypatch.setenv("SEQLOOM_DATA", str(tmp_path))
    measured = texts.measure(Case("texts", batch=4), list(texts.WORK), peers, Effort(rounds=1))
    assert {figure.who: figure.value for figure in measured.figures} == dict.fromkeys(texts.WORK)
    assert measured.figure("write").reason == "no file input.txt"


def test_reviews_are_cut_in_a_time_above_zero(peers, monkeypatch, tmp_path):
    """Of as many texts as the case says."""
    (tmp_path / "imdb").mkdir()
    for part in ("train", "test"):
        lines = "".join(f"{k % 2}\t5\t{k}\tfilm number {k} was fine\n" for k in range(40))
        (tmp_path / "imdb" / f"{part}.tsv.gz").write_bytes(gzip.compress(lines.encode()))
    monkeypatch.setenv("SEQLOOM_DATA", str(tmp_path))
    measured = texts.measure(Case("texts", batch=20), ["cut"], peers, Effort(rounds=1))
    assert measured.figure("cut").value > 0
    assert measured.name == "20 texts of each part at most"
