import orjson
import pytest

from seqloom.errors import DataError, GapError
from seqloom.live import Reply, answered, parse
from seqloom.live.lines import LONGEST


def test_a_line_is_a_call_of_one_reading():
    """With all that a reading may have."""
    raw = b'{"stream": "a", "seq": 3, "epoch": 1, "time": "2024-01-01", "values": {"x": 1.5}, "ahead": [{"plan": 2}]}'
    line = parse(raw, 1)
    assert (line.call.stream, line.call.seq, line.call.epoch) == ("a", 3, 1)
    (reading,) = line.call.readings
    assert (reading.values, reading.time, reading.ahead) == ({"x": 1.5}, "2024-01-01", [{"plan": 2}])


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"{", "line 7: expected a JSON object, came unexpected end of data"),
        (b"[]", "line 7: expected a JSON object, came list"),
        (b'{"valeus": {}}', "line 7: expected one of stream, seq, epoch, time, values, ahead, came 'valeus'"),
        (b"{}", "line 7, values: expected an object of columns, came none"),
        (b'{"values": 3}', "line 7, values: expected an object of columns, came int"),
        (b'{"values": {}, "seq": -1}', "line 7, seq: expected a whole number from 0 on, came -1"),
        (b'{"values": {}, "seq": true}', "line 7, seq: expected a whole number from 0 on, came True"),
        (b'{"values": {}, "stream": 4}', "line 7, stream: expected a text, came 4"),
        (b'{"values": {}, "ahead": 4}', "line 7, ahead: expected a list of objects, came int"),
        (b'{"values": {"x": NaN}}', "line 7: expected a JSON object"),
        (b'{"values": {"x": "\xff"}}', "line 7: expected a JSON object"),
        (b" " * (LONGEST + 1), "line 7: expected at most 1048576 bytes, came 1048577"),
    ],
)
def test_a_line_that_is_none_says_why(raw, message):
    """With its number."""
    line = parse(raw, 7)
    assert line.call is None
    assert message in str(line.error)


class Recorder:
    """Reads calls: every reading is answered with its value, one of 13 is wrong; streams begin at 0."""

    def __init__(self):
        self.seqs, self.rounds = {}, []

    def __call__(self, calls):
        """One round."""
        self.rounds.append([(call.stream, len(call.readings)) for call in calls])
        return [self.reply(call) for call in calls]

    def reply(self, call):
        """Reads a call as an engine does."""
        seq = self.seqs.get(call.stream, 0)
        if call.seq is not None and call.seq > seq:
            error = GapError("x", number=seq, expected=f"reading {seq}", came=str(call.seq), fix="send it")
            return Reply(call.stream, 2, seq, (), error)
        answers, error = [], None
        for place, reading in enumerate(call.readings):
            if reading.values["x"] == 13:
                error = DataError("x", expected="no 13", came="13", fix="correct it")
                break
            answers.append(((seq if call.seq is None else call.seq) + place, {"y": reading.values["x"]}))
        self.seqs[call.stream] = max(seq, answers[-1][0] + 1 if answers else seq)
        return Reply(call.stream, 2, self.seqs[call.stream], answers, error)


def told(text, reader):
    """What is answered to lines of `stream seq value`; a dash for no number."""
    found = []
    for number, line in enumerate(text.split(","), start=1):
        stream, seq, value = line.split()
        asked = {"stream": stream, "values": {"x": int(value)}} | ({} if seq == "-" else {"seq": int(seq)})
        found.append(parse(orjson.dumps(asked), number))
    return [orjson.loads(answer) for answer in answered(found, reader)]


def test_lines_of_a_stream_that_follow_each_other_are_one_call():
    """Calls of all streams are read together, and answered in the order of the lines."""
    reader = Recorder()
    answers = told("a 0 1,b - 2,a 1 3,b - 4,a 2 5", reader)
    assert reader.rounds == [[("a", 3), ("b", 2)]]
    assert [(answer["stream"], answer["seq"], answer["prediction"]["y"]) for answer in answers] == [
        *(("a", 0, 1), ("b", 0, 2), ("a", 1, 3), ("b", 1, 4), ("a", 2, 5))
    ]


def test_lines_that_do_not_follow_are_read_afterwards():
    """A repeated reading, and one after it."""
    reader = Recorder()
    answers = told("a 0 1,a 0 1,a 1 2", reader)
    assert reader.rounds == [[("a", 1)], [("a", 2)]]
    assert [answer["seq"] for answer in answers] == [0, 0, 1]


def test_lines_after_a_wrong_one_are_read_all_the_same():
    """Without numbers they follow what was read; with numbers they leave a gap."""
    reader = Recorder()
    answers = told("a - 1,a - 13,a - 3,b 0 1,b 1 13,b 2 3", reader)
    assert [answer.get("prediction") for answer in answers] == [{"y": 1}, None, {"y": 3}, {"y": 1}, None, None]
    assert answers[1] == {"stream": "a", "expected": 1, "epoch": 2, "error": "x: expected no 13, came 13; correct it"}
    assert answers[5]["error"] == "x: expected reading 1, came 2; send it"


def test_a_line_without_a_stream_is_answered_by_its_number():
    """So that it can be found."""
    (answer,) = answered([parse(b"{", 12)], Recorder())
    found = orjson.loads(answer)
    assert found["line"] == 12
    assert "line 12" in found["error"]
