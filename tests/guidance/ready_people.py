"""People drawn from the model, measured by the engine, and the chance that was said of each role."""

from dataclasses import replace

import numpy as np

from assessments.guidance.readiness import Case, Requirement, evidence_of
from assessments.psychometrics import Sitting, StoppingRule, labelled_bank
from assessments.psychometrics.simulation import Person, simulated_outcome, true_items_of
from tests.guidance.content import CUTS

CORRELATION = 0.5


def cases(rng, people, *, areas=5, roles=30, questions=10, honesty=None):
    """(said, ready) of people x roles: each person measured in some areas, each role asking its own levels.

    A role asks nothing of some areas; all roles of a person are computed at once.
    """
    bank = labelled_bank([1, 2, 3, 4, 5] * 10, np.tile([0.25, 0.25, 0.0, 0.25, 0.1], 10))
    everything = [Requirement(f"area-{n}", 0.0) for n in range(areas)]
    said, ready = [], []
    for _ in range(people):
        theta = np.sqrt(CORRELATION) * rng.standard_normal() + np.sqrt(1 - CORRELATION) * rng.standard_normal(areas)
        evidence = {}
        for area in rng.permutation(areas)[: rng.integers(1, areas + 1)]:
            found = evidence_of(*sat(rng, bank, theta[area], questions, honesty))
            evidence |= {f"area-{area}": found} if found else {}
        cut = np.where(rng.random((roles, areas)) < 0.7, np.array(CUTS)[rng.integers(1, 4, (roles, areas))], -np.inf)
        case = Case.of(everything, evidence)
        shape = (roles, areas)
        means, precisions = np.broadcast_to(case.mean, shape), np.broadcast_to(case.precision, shape)
        asking = replace(case, cut=cut, mean=means, precision=precisions)
        said.append(asking.chance(CORRELATION))
        ready.append((theta > cut).all(axis=1))
    return np.concatenate(said), np.concatenate(ready)


def sat(rng, bank, theta, questions, honesty):
    person = Person(theta, 0.0 if honesty is None or rng.random() < 0.3 else float(rng.beta(6, 2)))
    truth = true_items_of(bank, rng)
    sitting = Sitting(bank, rule=StoppingRule(0.5, questions), honesty=honesty)
    while sitting.stopped is None and (item := sitting.next_item(rng)) is not None:
        sitting.answer(item, simulated_outcome(person, truth, item, rng))
    return sitting.mean, sitting.standard_error


def table(said, ready):
    """(middle of the bin, cases, mean said, share ready) for tenths around .1, .2 ... .9."""
    for middle in np.arange(1, 10) / 10:
        inside = np.abs(said - middle) < 0.05
        yield middle, int(inside.sum()), float(said[inside].mean()), float(ready[inside].mean())
