"""The interactions of QTI 2 that are questions of ours, and the key that each proves."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from string import ascii_lowercase
from typing import Any

from assessments.formats.html_tree import Element
from assessments.formats.qti_entry import read_text_entry
from assessments.formats.qti_item import BLANK, Item, container
from assessments.formats.qti_notes import general_feedback, notes_on_options
from assessments.formats.remarks import Refused, Skipped
from assessments.questions.fractions import FULL, ROUNDED, are_alike, even_fractions
from assessments.questions.limits import MOST_OPTIONS

Half = dict[str, Any]
MOST_ORDERS = 6  # 720 orders are tried
MOST_PLACEMENTS = 5000
DUST = 1e-6
PARTIAL = "partly right answers earn credit in our way, not as the item says"


def whole(value: float) -> float:
    """A percentage without dust; whole ones are whole."""
    even = round(value, 7)
    return int(even) if float(even).is_integer() else even


# -- choices --


def read_choice(item: Item, content: Half, key: Half) -> str:
    return _read_choice(item, content, key, item.interaction.named("simpleChoice"))


def read_inline_choice(item: Item, content: Half, key: Half) -> str:
    content["stem"] = item.body_text(BLANK)
    return _read_choice(item, content, key, item.interaction.named("inlineChoice"))


def _check_type(item: Item, base: str) -> None:
    if item.response.base_type != base:
        raise Refused(f"the response is declared as {item.response.base_type}, not {base}", item.interaction.line)


def _read_choice(item: Item, content: Half, key: Half, choices: list[Element]) -> str:
    _check_type(item, "identifier")
    names = _identifiers(choices)
    letters = dict(zip(names, ascii_lowercase, strict=False))
    content["options"] = _options(item, choices, letters)
    content["shuffle"] = item.interaction.attributes.get("shuffle", "false") == "true"
    several = item.response.cardinality == "multiple" and item.interaction.attributes.get("maxChoices", "1") != "1"
    if item.response.cardinality == "ordered":
        raise Skipped("the order of the choices counts")
    key |= _several(item, names) if several else _one(item, names)
    key["right"] = sorted(letters[name] for name in key["right"]) if several else letters[key["right"]]
    if "fractions" in key:
        key["fractions"] = {letters[name]: percent for name, percent in key["fractions"].items()}
    notes, explanation = notes_on_options(item, names)
    key["notes"], key["explanation"] = {letters[name]: notes[name] for name in names if name in notes}, explanation
    return "multiple" if several else "choice"


def _identifiers(choices: list[Element]) -> list[str]:
    names = [choice.attributes.get("identifier", "") for choice in choices]
    if len(names) > MOST_OPTIONS:
        raise Skipped(f"the question has {len(names)} options; {MOST_OPTIONS} is the most")
    if len(set(names)) < len(names) or "" in names:
        raise Refused("two options have the same identifier, or one has none")
    return names


def _options(item: Item, choices: Iterable[Element], letters: dict[str, str]) -> list[Half]:
    return [
        {"key": letters[choice.attributes["identifier"]], "text": item.markdown(choice, in_line=True)}
        for choice in choices
    ]


def _one(item: Item, names: list[str]) -> Half:
    scores = _scores_of_one(item, names)
    best = max(scores.values(), default=0.0)
    right = [name for name, score in scores.items() if score >= best - DUST]
    if best <= 0 or len(right) != 1:
        raise Skipped("its scores prove no single right option")
    declared = list(item.response.correct or ())
    if declared and declared != right:
        raise Refused(f"the declared key ({', '.join(map(str, declared))}) is not what earns the most ({right[0]})")
    fractions = {name: whole(max(-FULL, FULL * score / best)) for name, score in scores.items()}
    if all(percent == 0 for name, percent in fractions.items() if name != right[0]):
        return {"right": right[0]}
    return {"right": right[0], "fractions": fractions}


def _scores_of_one(item: Item, names: list[str]) -> dict[str, float]:
    response = item.response
    if item.template == "match_correct":
        _known(declared := list(response.correct or ()), names)
        if len(declared) != 1:
            raise Refused(f"{len(declared)} options are declared as the key of a question with one answer")
        return {name: float(name in declared) for name in names}
    if item.template == "map_response":
        if response.mapping is None:
            raise Refused("the item is to be scored by a mapping, but has none")
        most = response.mapping.upper if response.mapping.upper is not None else float("inf")
        return {name: min(most, response.mapping.worth(name)) for name in names}
    return {name: item.score(container(response, [name])) for name in names}


def _known(declared: Sequence[Any], names: Sequence[str]) -> None:
    strays = [name for name in declared if name not in names]
    if strays or not declared:
        raise Refused(f'the declared key "{strays[0]}" is no option' if strays else "no key is declared")


def _several(item: Item, names: list[str]) -> Half:
    right = list(item.response.correct or ())
    if item.template == "map_response":
        return _mapped(item, names, right)
    _known(right, names)
    if item.template == "match_correct":
        item.remarks.once_a_file(PARTIAL)
        return {"right": right}
    return _worked_out(item, names, right)


def _mapped(item: Item, names: list[str], declared: list[str]) -> Half:
    mapping = item.response.mapping
    if mapping is None:
        raise Refused("the item is to be scored by a mapping, but has none")
    worth = {name: mapping.worth(name) for name in names}
    right = [name for name in names if worth[name] > 0]
    if not right:
        raise Refused("no option earns anything, so none is right")
    if declared and set(declared) != set(right):
        raise Refused(f"the declared key ({', '.join(declared)}) is not what earns something ({', '.join(right)})")
    total = sum(worth[name] for name in right)
    if abs(total - 1) <= ROUNDED / FULL:
        total = 1.0  # thirds are written as 0.3333333
    if mapping.upper is not None and mapping.upper < total * (1 - ROUNDED / FULL):
        raise Skipped("a part of the right options earns all already")
    return {"right": right} | _fractions(item, names, right, {name: worth[name] / total for name in names})


def _fractions(item: Item, names: list[str], right: list[str], shares: dict[str, float]) -> Half:
    """The credit of each option where it differs from ours, and where any number may be chosen."""
    most = item.interaction.attributes.get("maxChoices", "1")
    limited = most.isascii() and most.isdigit() and 0 < int(most[:4]) < len(names)
    if limited and any(shares[name] >= 0 for name in names if name not in right):
        item.remarks.changed(f"any number may be chosen here, not at most {most}; so wrong options cost something")
        return {}
    fractions = {name: whole(max(-FULL, FULL * share)) for name, share in shares.items()}
    return {} if are_alike(fractions, even_fractions(right, names)) else {"fractions": fractions}


def _worked_out(item: Item, names: list[str], right: list[str]) -> Half:
    """Rules of its own: the key must be proven; credit is kept where it is a sum."""
    sets = [frozenset(chosen) for size in range(1, len(names) + 1) for chosen in itertools.combinations(names, size)]
    scores = {chosen: item.score(container(item.response, [n for n in names if n in chosen])) for chosen in sets}
    best = scores.pop(frozenset(right))
    if best <= 0 or any(score >= best - DUST for score in scores.values()):
        raise Skipped("its response processing does not prove the declared key: another answer earns as much")
    scores[frozenset(right)] = best
    shares = {
        name: scores[frozenset([name])] / best if name in right else scores[frozenset([*right, name])] / best - 1
        for name in names
    }
    for chosen, score in scores.items():
        told = min(1.0, max(0.0, sum(shares[name] for name in chosen)))
        if abs(told - max(0.0, score / best)) > DUST:  # below nothing there is nothing here
            item.remarks.changed(PARTIAL)
            return {"right": right}
    return {"right": right} | _fractions(item, names, right, shares)


# -- orders and pairs --


def read_order(item: Item, content: Half, key: Half) -> str:
    _check_type(item, "identifier")
    choices = item.interaction.named("simpleChoice")
    names = _identifiers(choices)
    letters = dict(zip(names, ascii_lowercase, strict=False))
    right = list(item.response.correct or ())
    _known(right, names)
    if sorted(right) != sorted(names):
        raise Skipped("the right order leaves options out")
    if item.template == "map_response":
        raise Skipped("an order that is scored by a mapping")
    if not item.template:
        if len(names) > MOST_ORDERS:
            raise Skipped("its response processing is its own, and there are too many orders to try them all")
        item.prove(
            container(item.response, right), [container(item.response, o) for o in itertools.permutations(names)]
        )
    item.remarks.once_a_file(PARTIAL)
    content["options"] = _options(item, choices, letters)
    content["shuffle"] = item.interaction.attributes.get("shuffle", "false") == "true"
    key["right"] = [letters[name] for name in right]
    key["explanation"] = general_feedback(item)
    return "ordering"


def read_match(item: Item, content: Half, key: Half) -> str:
    _check_type(item, "directedPair")
    sets = [part.named("simpleAssociableChoice") for part in item.interaction.named("simpleMatchSet")]
    if len(sets) != 2:
        raise Refused("a question of pairs has two sets")
    pairs = [pair for pair in item.response.correct or () if len(pair) == 2]
    if not pairs or len(pairs) != len(item.response.correct or ()):
        raise Refused("no pairs are declared as the key")
    lines, options = [_identifiers(part) for part in sets]
    is_turned = len({line for line, _option in pairs}) < len(pairs)
    if is_turned:  # each line of the second set has one partner: they are the lines to match
        sets, lines, options = sets[::-1], options, lines
    chosen = {pair[is_turned]: pair[not is_turned] for pair in pairs}
    if len(chosen) < len(pairs) or set(chosen) != set(lines) or not set(chosen.values()) <= set(options):
        raise Skipped("not every line has exactly one partner")
    _prove_pairs(item, lines, options, pairs, is_turned=is_turned)
    letters = dict(zip(options, ascii_lowercase, strict=False))
    numbers = {line: str(n) for n, line in enumerate(lines, 1)}
    content["premises"] = _options(item, sets[0], numbers)
    content["options"] = _options(item, sets[1], letters)
    content["shuffle"] = item.interaction.attributes.get("shuffle", "false") == "true"
    used_again = len(set(chosen.values())) < len(chosen)
    if used_again or any(option.attributes.get("matchMax", "1") != "1" for option in sets[1]):
        content["reuse"] = True
    key["right"] = {numbers[line]: letters[chosen[line]] for line in lines}
    key["explanation"] = general_feedback(item)
    return "matching"


def _prove_pairs(item: Item, lines: list[str], options: list[str], pairs: list[Any], *, is_turned: bool) -> None:
    if item.template == "map_response":
        mapping = item.response.mapping
        if mapping is None:
            raise Refused("the item is to be scored by a mapping, but has none")
        if {pair for pair, worth in mapping.entries.items() if worth > 0} != set(pairs) or mapping.default > 0:
            raise Refused("the declared pairs are not those that earn something")
        if len(set(mapping.entries.values())) > 1 or mapping.default:
            item.remarks.once_a_file(PARTIAL)
    elif item.template == "match_correct":
        item.remarks.once_a_file(PARTIAL)
    else:
        if len(options) ** len(lines) > MOST_PLACEMENTS:
            raise Skipped("its response processing is its own, and there are too many pairs to try them all")
        ways = itertools.product(options, repeat=len(lines))
        placed = [[(b, a) if is_turned else (a, b) for a, b in zip(lines, way, strict=True)] for way in ways]
        right = container(item.response, next(way for way in placed if set(way) == set(pairs)))
        item.prove(right, [container(item.response, way) for way in placed])
        item.remarks.once_a_file(PARTIAL)


READERS: dict[str, Callable[[Item, Half, Half], str]] = {
    "choiceInteraction": read_choice,
    "inlineChoiceInteraction": read_inline_choice,
    "orderInteraction": read_order,
    "matchInteraction": read_match,
    "textEntryInteraction": read_text_entry,
}
