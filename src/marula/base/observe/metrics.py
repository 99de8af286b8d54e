"""What /metrics shows. Counters live in the process; what the database knows is asked at each scrape."""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from prometheus_client import REGISTRY, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

requests = Counter("marula_http_requests", "HTTP requests answered", ["method", "route", "status"])
request_seconds = Histogram("marula_http_request_seconds", "Time to answer", ["route"], buckets=BUCKETS)
job_seconds = Histogram("marula_job_seconds", "Time a job ran", ["job"], buckets=BUCKETS)
job_failures = Counter("marula_job_failures", "Attempts of jobs that failed", ["job"])
jobs_waiting = Gauge("marula_jobs_waiting", "Jobs that wait to run", ["lane"])
jobs_running = Gauge("marula_jobs_running", "Jobs that run now", ["lane"])
jobs_dead = Gauge("marula_jobs_dead", "Jobs that failed for good and wait for the operator", ["lane"])
jobs_oldest = Gauge("marula_jobs_oldest_seconds", "How long the oldest due job has waited", ["lane"])

deliveries_waiting = Gauge("marula_deliveries_waiting", "Deliveries to other servers that wait")
deliveries_hosts = Gauge("marula_deliveries_hosts", "Other servers that something waits for", ["state"])


class Tallies(Collector):
    """A counter that the database keeps, for all processes, by one label."""

    def __init__(self, name: str, purpose: str, label: str) -> None:
        self._about = name, purpose, label
        self.numbers: Mapping[str, int] = {}
        REGISTRY.register(self)

    def collect(self) -> Iterable[CounterMetricFamily]:
        name, purpose, label = self._about
        family = CounterMetricFamily(name, purpose, labels=[label])
        for value, number in self.numbers.items():
            family.add_metric([value], number)
        yield family


arrivals_waiting = Gauge("marula_intake_waiting", "Activities of other servers that wait to be worked on")
arrivals_dead = Gauge("marula_intake_dead", "Activities of other servers that failed for good")
arrivals_oldest = Gauge("marula_intake_oldest_seconds", "How long the oldest due activity has waited")
kept_bytes = Gauge("marula_kept_bytes", "Bytes of files that are kept, and whose they are", ["purpose", "whose"])
copies_ceiling = Gauge("marula_copies_ceiling_bytes", "Bytes that copies of others' files may take")
disk_total = Gauge("marula_disk_total_bytes", "Bytes of the disk for files; NaN for a bucket and while it is away")
disk_free = Gauge("marula_disk_free_bytes", "Bytes free on the disk for files; NaN as above")
disk_days = Gauge("marula_disk_days_left", "Days until the disk for files is full; +Inf when it does not fill")
deliveries_tried = Tallies("marula_deliveries_tried", "Tries to deliver something, by how they ended", "outcome")


@cache
def _of_answers(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """Looking them up by their labels costs more than counting. There are as many as routes have outcomes."""
    return requests.labels(method, route, str(status)), request_seconds.labels(route)


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request that was answered, and how long it took."""
    count, time = _of_answers(method, route, status)
    count.inc()
    time.observe(seconds)


def show_queue(lanes: Iterable[Mapping[str, Any]]) -> None:
    """Set the gauges of the queue from its counts by lane: lane, waiting, running, dead, oldest."""
    for gauge in (jobs_waiting, jobs_running, jobs_dead, jobs_oldest):
        gauge.clear()
    for lane in lanes:
        jobs_waiting.labels(lane["lane"]).set(lane["waiting"])
        jobs_running.labels(lane["lane"]).set(lane["running"])
        jobs_dead.labels(lane["lane"]).set(lane["dead"])
        jobs_oldest.labels(lane["lane"]).set(max(0.0, lane["oldest"]))


def show_deliveries(counts: Mapping[str, int], tallies: Mapping[str, int]) -> None:
    """Set what is known of deliveries: waiting, hosts, failing (hosts that failed last); and the tallies of tries."""
    deliveries_waiting.set(counts["waiting"])
    deliveries_hosts.labels("well").set(counts["hosts"] - counts["failing"])
    deliveries_hosts.labels("failing").set(counts["failing"])
    deliveries_tried.numbers = tallies


def show_intake(counts: Mapping[str, float]) -> None:
    """Set what is known of the intake: waiting, dead, oldest (seconds)."""
    arrivals_waiting.set(counts["waiting"])
    arrivals_dead.set(counts["dead"])
    arrivals_oldest.set(max(0.0, counts["oldest"]))


def show_kept(kept: Iterable[tuple[str, bool, int]], ceiling: int) -> None:
    """Set what is known of files: purpose, whether they are copies of others', bytes; and what copies may take."""
    kept_bytes.clear()
    for purpose, remote, size in kept:
        kept_bytes.labels(purpose, "others" if remote else "ours").set(size)
    copies_ceiling.set(ceiling)


def show_disk(total: int | None, free: int | None, days: int | None) -> None:
    """Set what is known of the disk for files: its bytes, where it has any; days, None when it does not fill."""
    disk_total.set(math.nan if total is None else total)
    disk_free.set(math.nan if free is None else free)
    disk_days.set(math.inf if days is None else days)
