from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A bug: in a file below billing/, this instead of that; and which tests are asked first."""

    name: str
    file: str
    was: str
    now: str
    tests: str
