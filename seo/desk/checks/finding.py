from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One demand, and what became of it."""

    id: str
    # The demand, in a few words: "The title fits".
    name: str
    # What was found, whether it is well or not.
    reason: str = ""
    # What to do about it; empty: the demand is met.
    mend: str = ""
    # Whether the version waits for it.
    must: bool = True

    @property
    def met(self) -> bool:
        return not self.mend

    @property
    def blocks(self) -> bool:
        return self.must and not self.met
