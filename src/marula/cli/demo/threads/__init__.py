"""All that is said, by theme or language."""

from marula.cli.demo.threads import (
    arabic,
    france,
    germany,
    hispanic,
    japan,
    kitchen,
    lusophone,
    outdoors,
    smalltalk,
    workshop,
)
from marula.cli.demo.words import Say

THREADS: tuple[Say, ...] = (
    *kitchen.THREADS,
    *outdoors.THREADS,
    *workshop.THREADS,
    *smalltalk.THREADS,
    *germany.THREADS,
    *france.THREADS,
    *hispanic.THREADS,
    *lusophone.THREADS,
    *japan.THREADS,
    *arabic.THREADS,
)
