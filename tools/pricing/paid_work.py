"""What of a photo's work stays paid for, and by which attempts: their names are kept with whatever is
free after them, and go with their credits, whether or not their rows are still there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from billing.credits import holds
from tools.models import Attempt
from tools.pipeline.engines import EMBEDDED
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.graph import Address, Node

# The attempts that paid for a kind of step by an engine.
Payers = frozenset[str]
FreeAfter = dict[str, list[str]]


def name_work(step: Node, engines: Mapping[str, Engine]) -> str:
    """The kind of step and the engine that does it, as `free_after` names them."""
    return f"{step.op.kind}:{engines[step.kind].name}"


def payers_of(attempt: Attempt, work: str) -> Payers:
    """Who paid for this work of the attempt's: others, or it did itself."""
    return frozenset(attempt.free_after.get(work) or [str(attempt.pk)])


def given_back(attempts: Iterable[Attempt]) -> set[str]:
    """The ids of those whose full size is no longer to be had, because the credits went back: an
    attempt's own, or those of one that it was free because of.
    """
    because = {str(attempt.pk): because_of(attempt) for attempt in attempts}
    back = went_back(because.values())
    return {pk for pk, names in because.items() if names & back}


def because_of(attempt: Attempt) -> set[str]:
    free = [] if attempt.price else attempt.free_after.values()
    return {str(attempt.pk)}.union(*free)


def went_back(names: Iterable[Collection[str]]) -> set[str]:
    asked = set().union(*names)
    return holds.given_back(asked) if asked else set()


@dataclass(frozen=True)
class Kept:
    """A delivered attempt that stays paid for; `lost` is the work of its that does not."""

    attempt: Attempt
    lost: frozenset[str]

    def payers(self, work: str) -> Payers:
        return frozenset() if work in self.lost else payers_of(self.attempt, work)


def list_kept(attempts: Sequence[Attempt]) -> list[Kept]:
    """Those of the delivered attempts that stay paid for, in their order."""
    gone = given_back(attempts)
    left = [attempt for attempt in attempts if str(attempt.pk) not in gone]
    back = went_back(names for one in left for names in one.free_after.values())
    return [
        Kept(
            one,
            frozenset(work for work, names in one.free_after.items() if back.intersection(names)),
        )
        for one in left
    ]


def built_in(kept: Iterable[Kept]) -> dict[str, Payers]:
    """The kinds of step that the built-in engine has done and somebody paid for."""
    found: dict[str, Payers] = {}
    for one in kept:
        for recipe in (*one.attempt.before, one.attempt.recipe()):
            for kind, name in recipe["engines"].items():
                payers = one.payers(f"{kind}:{EMBEDDED}")
                if name == EMBEDDED and payers:
                    found.setdefault(kind, payers)
    return found


@dataclass
class Bill:
    """The steps to pay for, each with its tool, and who paid for the others."""

    to_pay: list[tuple[str, Node]] = field(default_factory=list)
    free_after: FreeAfter = field(default_factory=dict)

    def owe(self, work: str, payers: Payers) -> None:
        self.free_after[work] = sorted(payers.union(self.free_after.get(work, ())))


def make_bill(
    steps: Iterable[tuple[Address, Node, str]],
    engines: Mapping[str, Engine],
    *,
    done: Mapping[Address, Payers],
    kinds: Mapping[str, Payers],
) -> Bill:
    """Who pays for each step, given with its address and tool: whoever has computed it, whoever has
    paid for its kind by the built-in engine, or this attempt.
    """
    bill = Bill()
    for address, step, slug in steps:
        if not step.kind:
            continue
        work = name_work(step, engines)
        if address in done:
            bill.owe(work, done[address])
        elif engines[step.kind].name == EMBEDDED and step.op.kind in kinds:
            bill.owe(work, kinds[step.op.kind])
        else:
            bill.to_pay.append((slug, step))
    return bill
