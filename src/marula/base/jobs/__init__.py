"""Work that happens later: `@job` declares it, `later()` enqueues it in the caller's transaction, `@every` repeats it.

A job row is written in the same transaction as its cause, so neither exists without the other. A worker leases
rows, runs them and deletes them. Every job may run twice: after a crash between its effects and its deletion it
does. A job that fails is tried again with growing pauses; after its last attempt it is kept as *dead*, with its
error, until an operator retries or discards it.

Tables owned: jobs, timers.
"""

from marula.base.jobs.registry import Job, Runs, Timer, every, job, jobs, timers
from marula.base.jobs.store import later, later_at, later_each, later_once

__all__ = ["Job", "Runs", "Timer", "every", "job", "jobs", "later", "later_at", "later_each", "later_once", "timers"]
