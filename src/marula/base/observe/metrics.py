"""What /metrics shows. Counters live in the process; what the database knows is asked at each scrape."""

from prometheus_client import Counter, Histogram

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

requests = Counter("marula_http_requests", "HTTP requests answered", ["method", "route", "status"])
request_seconds = Histogram("marula_http_request_seconds", "Time to answer", ["route"], buckets=BUCKETS)
job_seconds = Histogram("marula_job_seconds", "Time a job ran", ["job"], buckets=BUCKETS)
job_failures = Counter("marula_job_failures", "Attempts of jobs that failed", ["job"])
