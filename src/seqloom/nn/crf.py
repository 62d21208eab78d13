"""A linear chain over the labels of a sequence: a conditional random field on packed rows."""

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from seqloom.sequence import Packed


class LinearChain(nn.Module):
    """Scores whole label sequences: `s(y) = a[y_1] + Σ e_t[y_t] + Σ A[y_t, y_{t+1}] + z[y_T]`, `p(y) ∝ exp s(y)`.

    The emissions `e` come from a network; the transitions `A`, the starts `a` and the ends `z` are learned here and
    begin at zero, where the chain is one softmax per step. Sums over all label sequences are exact, by the forward and
    backward recursions in logarithms, for all sequences of a step at once.

    Source: Lafferty, McCallum & Pereira, "Conditional random fields", ICML 2001; on top of a bidirectional LSTM: Huang,
    Xu & Yu, "Bidirectional LSTM-CRF models for sequence tagging", 2015.

    Args:
        classes: number of labels, `K`.
    """

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(classes, classes))
        self.starts = nn.Parameter(torch.zeros(classes))
        self.ends = nn.Parameter(torch.zeros(classes))

    def log_partition(self, rows: Packed) -> Float[Tensor, "B"]:
        """Logarithm of the sum of `exp s(y)` over all label sequences.

        Args:
            rows: emissions, [N, K].
        """
        forward = torch.cat(self._forward(rows))
        return torch.logsumexp(forward[rows.last_rows] + self.ends, dim=1)

    def log_likelihood(self, rows: Packed, labels: Int[Tensor, "N"]) -> Float[Tensor, "B"]:
        """Logarithm of the probability of the known labels, summed over every choice of the unknown ones.

        Args:
            rows: emissions, [N, K].
            labels: class numbers, negative where unknown.
        """
        other = torch.arange(rows.values.shape[1]) != labels.unsqueeze(1)  # [N, K]
        allowed = rows.values.masked_fill(other & (labels >= 0).unsqueeze(1), -torch.inf)
        return self.log_partition(rows.with_values(allowed)) - self.log_partition(rows)

    def marginals(self, rows: Packed) -> Float[Tensor, "N K"]:
        """The probability of each label at each step, summed over all label sequences.

        Args:
            rows: emissions, [N, K].
        """
        return torch.softmax(torch.cat(self._forward(rows)) + torch.cat(self._backward(rows)), dim=1)

    def best(self, rows: Packed) -> Int[Tensor, "N"]:
        """The most probable label sequence, by the algorithm of Viterbi.

        Args:
            rows: emissions, [N, K].
        """
        emissions = self._steps(rows)
        scores, before = emissions[0] + self.starts, []  # the best score of each last label, and the label before it
        finals = [scores]
        for own in emissions[1:]:
            reached, chosen = (scores[: len(own)].unsqueeze(2) + self.transitions).max(dim=1)
            scores = reached + own
            before.append(chosen)
            finals.append(scores)
        ends = (torch.cat(finals)[rows.last_rows] + self.ends).argmax(dim=1)  # [B]
        labels = [ends[: len(finals[-1])]]
        for own, chosen in zip(reversed(finals[:-1]), reversed(before), strict=True):
            earlier = chosen.gather(1, labels[-1].unsqueeze(1)).squeeze(1)
            labels.append(torch.cat([earlier, ends[len(chosen) : len(own)]]))
        return torch.cat(labels[::-1])

    def _forward(self, rows: Packed) -> list[Tensor]:
        """Logarithm of the sum over all beginnings that end in a label, of each step, [n, K]."""
        emissions = self._steps(rows)
        sums = [emissions[0] + self.starts]
        for own in emissions[1:]:
            reached = torch.logsumexp(sums[-1][: len(own)].unsqueeze(2) + self.transitions, dim=1)
            sums.append(reached + own)
        return sums

    def _backward(self, rows: Packed) -> list[Tensor]:
        """Logarithm of the sum over all that can follow a label, of each step, [n, K]."""
        emissions = self._steps(rows)
        sums = [self.ends.expand_as(emissions[-1])]
        for own, later in zip(reversed(emissions[:-1]), reversed(emissions[1:]), strict=True):
            following = torch.logsumexp(self.transitions + (later + sums[-1]).unsqueeze(1), dim=2)
            ending = self.ends.expand(len(own) - len(later), -1)  # sequences whose last step this is
            sums.append(torch.cat([following, ending]))
        return sums[::-1]

    @staticmethod
    def _steps(rows: Packed) -> list[Tensor]:
        """The emissions of each step, [n, K]."""
        return list(torch.split(rows.values, rows.sizes.tolist()))
