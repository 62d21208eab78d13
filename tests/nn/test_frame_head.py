import itertools

import pytest
import torch

from seqloom.nn import AutoregressiveHead, IndependentHead

HIDDEN, ENTRIES = 3, 4


@pytest.fixture(params=["independent", "autoregressive"])
def head(request):
    """A head with random weights."""
    torch.manual_seed(0)
    made = (
        IndependentHead(HIDDEN, ENTRIES) if request.param == "independent" else AutoregressiveHead(HIDDEN, ENTRIES, 5)
    )
    return made.double()


@pytest.fixture
def hidden():
    """Two hidden rows."""
    return torch.randn(2, HIDDEN, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


def every_frame():
    return torch.tensor(list(itertools.product((0.0, 1.0), repeat=ENTRIES)), dtype=torch.float64)


def test_the_probabilities_of_all_frames_sum_to_one(head, hidden):
    """The likelihood of a frame is exact: over all 16 frames of 4 entries it sums to 1."""
    frames = every_frame()
    logits = head(hidden[:1].expand(len(frames), -1), frames)
    signed = torch.where(frames > 0, logits, -logits)
    total = torch.nn.functional.logsigmoid(signed).sum(dim=1).exp().sum()
    assert float(total.detach()) == pytest.approx(1, abs=1e-12)  # double precision


def test_entry_by_entry_is_all_at_once(head, hidden):
    """Walking over the entries gives the logits that are computed side by side."""
    frames = torch.tensor([[1.0, 0, 1, 1], [0, 1, 1, 0]], dtype=torch.float64)
    known, logits = head.begin(hidden), []
    for entry in range(ENTRIES):
        logits.append(head.logit(known, entry))
        known = head.after(known, entry, frames[:, entry])
    torch.testing.assert_close(torch.stack(logits, dim=1), head(hidden, frames))


def test_no_gradient_no_other_numbers(head, hidden):
    """Working piece by piece, where no gradient is asked for, gives the same logits."""
    frames = every_frame()[:2]
    expected = head(hidden, frames)
    with torch.no_grad():
        torch.testing.assert_close(head(hidden, frames), expected)


def test_an_entry_depends_on_those_before_it():
    """Changing an entry changes the logits of later ones alone."""
    torch.manual_seed(0)
    head, hidden = AutoregressiveHead(HIDDEN, ENTRIES, 5), torch.randn(1, HIDDEN)
    one, other = (head(hidden, torch.tensor([[0.0, x, 0, 0]])) for x in (0.0, 1.0))
    changed = (one != other)[0]
    assert changed.tolist() == [False, False, True, True]


def test_the_equations_are_those_of_the_paper(hidden):
    """Entry by entry in plain arithmetic: a sum over hidden units that grows with each entry that is on."""
    torch.manual_seed(0)
    head = AutoregressiveHead(HIDDEN, ENTRIES, 5).double()
    frame = torch.tensor([1.0, 1, 0, 1], dtype=torch.float64)
    a = head.open.bias + head.open.weight @ hidden[0]
    expected = []
    for k in range(ENTRIES):
        b = head.linear.bias[k] + head.linear.weight[k] @ hidden[0]
        expected.append(b + (head.write[k] * torch.sigmoid(a)).sum())
        a = a + head.read[k] * frame[k]
    torch.testing.assert_close(head(hidden[:1], frame[None])[0], torch.stack(expected))


def test_a_head_starts_from_given_logits():
    """Its bias is what was given."""
    head = IndependentHead(HIDDEN, ENTRIES)
    head.start_from(torch.arange(4.0))
    torch.testing.assert_close(head(torch.zeros(1, HIDDEN), torch.zeros(1, ENTRIES)), torch.arange(4.0)[None])
