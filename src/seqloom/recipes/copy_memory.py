"""The copy memory: ten symbols, 500 steps of nothing, then the ten symbols again.

Eight symbols to choose from, ten of them in a row; after the wait a mark asks for them, in order (Hochreiter &
Schmidhuber 1997; Arjovsky, Shah & Bengio 2016). Who has forgotten them gets one in eight right. The parts of the
package stand here by themselves: a linear recurrent unit, whose numbers turn but hardly shrink, packed rows, and a
plain loop of torch. Batches are made on the fly, so that no sequence is met twice.
"""

import argparse

import torch
from torch import nn

from seqloom.nn import LRUCell, Recurrent, initialise
from seqloom.sequence import Packed

SYMBOLS, LENGTH = 8, 10
BLANK, ASK = 0, SYMBOLS + 1
parser = argparse.ArgumentParser(prog="seqloom recipe run copy_memory", description=__doc__)
parser.add_argument("--wait", type=int, default=500, help="steps between the symbols and the mark [default: 500]")
parser.add_argument("--updates", type=int, default=1_500, help="batches to learn from [default: 1500]")
parser.add_argument("--hidden-size", type=int, default=128, help="units [default: 128]")
parser.add_argument("--seed", type=int, default=0, help="seed of weights and sequences [default: 0]")
options = parser.parse_args()
torch.manual_seed(options.seed)
batch_size, steps = 32, options.wait + 2 * LENGTH
alive = torch.full((steps,), batch_size)

# The numbers of the unit lose a ten-thousandth to a hundredth a step: what comes in is still there 500 steps later.
network = Recurrent(LRUCell(least=0.99, most=0.9999), SYMBOLS + 2, options.hidden_size)
initialise(network)
head = nn.Sequential(
    nn.Linear(options.hidden_size, options.hidden_size), nn.GELU(), nn.Linear(options.hidden_size, SYMBOLS)
)
weights = [*network.parameters(), *head.parameters()]
optimizer = torch.optim.AdamW(weights, lr=0.003, weight_decay=0.0)
print(f"{sum(weight.numel() for weight in weights):,} weights, sequences of {steps} steps")

for update in range(1, options.updates + 1):
    symbols = torch.randint(1, SYMBOLS + 1, (LENGTH, batch_size))
    shown = torch.full((steps, batch_size), BLANK)
    shown[:LENGTH], shown[-LENGTH - 1] = symbols, ASK
    rows = nn.functional.one_hot(shown, SYMBOLS + 2).float().flatten(0, 1)  # [T, B] -> [T B, 10]
    hidden = network.sequence(None, Packed(rows, alive))[1]
    answers = head(hidden.values.view(steps, batch_size, -1)[-LENGTH:])  # [10, B, 8]
    loss = nn.functional.cross_entropy(answers.flatten(0, 1), symbols.flatten() - 1)
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    nn.utils.clip_grad_norm_(weights, 1.0)
    optimizer.param_groups[0]["lr"] = 0.003 * min(1.0, 1.5 * (1 - update / options.updates))
    optimizer.step()
    if update % 100 == 0:
        right = (answers.argmax(dim=2) + 1 == symbols).float()
        print(f"update {update}, loss {loss.item():.4f}: {100 * right.mean():.1f} % of the symbols right", flush=True)

# Sequences it has never met: every symbol counts.
copied, tested = 0, 32
with torch.no_grad():
    for _ in range(tested):
        symbols = torch.randint(1, SYMBOLS + 1, (LENGTH, batch_size))
        shown = torch.full((steps, batch_size), BLANK)
        shown[:LENGTH], shown[-LENGTH - 1] = symbols, ASK
        rows = nn.functional.one_hot(shown, SYMBOLS + 2).float().flatten(0, 1)
        hidden = network.sequence(None, Packed(rows, alive))[1]
        answers = head(hidden.values.view(steps, batch_size, -1)[-LENGTH:]).argmax(dim=2) + 1
        copied += int((answers == symbols).all(dim=0).sum())
print(f"{100 * copied / (tested * batch_size):.1f} % of {tested * batch_size} new sequences copied without a mistake")
