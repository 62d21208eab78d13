"""Counters and times of a server, for Prometheus. No label is the name of a stream: there are too many of them."""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.observer import Observer
from seqloom.serve.pulse import Pulse

SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
FRAMES = "/v1/stream"
"""The path of WebSockets, each of whose frames counts as a request."""
READING = ("/readings", "/infer", "/v1/predict", FRAMES)
"""What the paths end with that read."""
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


class Requests(Collector):
    """How many requests were answered, with which status, and how long it took: a few additions for each.

    Args:
        pulse: is told of those that read streams.
    """

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._statuses: dict[tuple[str, int], int] = {}
        self._times: dict[str, list[float]] = {}

    def answered(self, path: str, status: int, seconds: float) -> None:
        """Count one.

        Args:
            path: the pattern of its path.
            status: of the answer.
            seconds: since it began.
        """
        self._statuses[path, status] = self._statuses.get((path, status), 0) + 1
        times = self._times.get(path)
        if times is None:
            times = self._times[path] = [0.0] * (len(SECONDS) + 2)
        times[bisect_left(SECONDS, seconds)] += 1
        times[-1] += seconds
        if path.endswith(READING):
            self._pulse.answered(status, seconds)

    def collect(self) -> Iterator[Metric]:
        """Both, as Prometheus has them."""
        counted = CounterMetricFamily("seqloom_requests", "Requests that were answered.", labels=["path", "status"])
        for (path, status), count in sorted(self._statuses.items()):
            counted.add_metric([path, str(status)], count)
        timed = HistogramMetricFamily("seqloom_request_seconds", "Time to answer a request.", labels=["path"])
        for path, (*counts, total) in sorted(self._times.items()):
            borders = [*map(str, map(float, SECONDS)), "+Inf"]
            timed.add_metric([path], list(zip(borders, accumulate(counts), strict=True)), total)
        yield counted
        yield timed


class Metrics(Observer):
    """What a server counts.

    Args:
        model: digest of the artifact.
        task: of the model.
    """

    def __init__(self, model: str, task: str) -> None:
        self._registry = own = CollectorRegistry()
        self._info = Gauge("seqloom_model_info", "The model that is served.", ["digest", "task"], registry=own)
        self._info.labels(model, task).set(1)
        taken = "seqloom_model_changes", "Models that took the place of another one, or were refused it."
        self._taken = Counter(*taken, ["outcome"], registry=own)
        Gauge("seqloom_start_time_seconds", "When the server began.", registry=own).set(time.time())
        self._readings = Counter("seqloom_readings", "Readings that were stepped or repeated.", registry=own)
        self._calls = Counter("seqloom_calls", "Calls that were stepped.", registry=own)
        self._refused = Counter("seqloom_calls_refused", "Calls that were not taken.", registry=own)
        self._failed = Counter("seqloom_commits_failed", "Rounds that the store refused.", registry=own)
        self._group = Histogram("seqloom_round_calls", "Calls that were stepped together.", buckets=SIZES, registry=own)
        self._step = Histogram("seqloom_step_seconds", "Time to step a round.", buckets=SECONDS, registry=own)
        self._commit = Histogram("seqloom_commit_seconds", "Time to commit a round.", buckets=SECONDS, registry=own)
        self._full = Counter("seqloom_streams_refused", "Streams that were one too many to be begun.", registry=own)
        idle = "seqloom_streams_idle", "Streams that were let go of, since nobody read on with them."
        self._idle = Counter(*idle, ["outcome"], registry=own)
        self._frames = Counter("seqloom_frames", "Frames of WebSockets that were answered.", registry=own)
        self._sockets = Gauge("seqloom_sockets", "WebSockets that are open.", registry=own)
        self.pulse = Pulse()
        self.requests = Requests(self.pulse)
        own.register(self.requests)

    def serves(self, model: str, task: str) -> None:
        """Another model is served."""
        self._info.clear()
        self._info.labels(model, task).set(1)

    def taken_over(self, *, failed: bool = False) -> None:
        """A model took the place of another one, or could not."""
        self._taken.labels("refused" if failed else "taken").inc()

    def also(self, collector: Collector) -> None:
        """Tell what another one counts, too."""
        self._registry.register(collector)

    def watch(self, waiting: Callable[[], int]) -> None:
        """Tell how many calls wait, whenever somebody asks."""
        gauge = Gauge("seqloom_calls_waiting", "Calls that are not answered yet.", registry=self._registry)
        gauge.set_function(waiting)

    def stepped(self, calls: int, readings: int, seconds: float) -> None:
        """See `Observer.stepped`."""
        self._calls.inc(calls)
        self._readings.inc(readings)
        self.pulse.read(readings)
        self._group.observe(calls)
        self._step.observe(seconds)

    def committed(self, seconds: float) -> None:
        """See `Observer.committed`."""
        self._commit.observe(seconds)

    def failed(self) -> None:
        """See `Observer.failed`."""
        self._failed.inc()

    def refused(self) -> None:
        """See `Observer.refused`."""
        self._refused.inc()

    def full(self, count: int) -> None:
        """See `Observer.full`."""
        self._full.inc(count)

    def expired(self, outcome: str) -> None:
        """See `Observer.expired`."""
        self._idle.labels(outcome).inc()

    def framed(self, status: int, seconds: float) -> None:
        """A frame of a WebSocket was answered; see `Requests.answered`."""
        self._frames.inc()
        self.requests.answered(FRAMES, status, seconds)

    def opened(self, by: int) -> None:
        """WebSockets were opened, or, where negative, closed."""
        self._sockets.inc(by)

    async def page(self, asked: Asked) -> Answer:  # noqa: ARG002 - as every handler
        """All of it, in Prometheus' format."""
        return Answer(generate_latest(self._registry), kind=CONTENT_TYPE_PLAIN_0_0_4.encode())
