"""The order in which options are laid out for one person, and their names on the page.

On the page an option is called by its place, never by its key: the keys of an ordering or a
matching question, read from a to z, would tell the answer.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NAMED_BY_OPTION = ("place_", "rate_")
NOWHERE = "?"  # a place that is not on the page; every kind refuses it


@dataclass(frozen=True)
class Layout:
    """Keys of options and premises in the order of the page; their places count from 1."""

    options: tuple[str, ...]
    premises: tuple[str, ...]

    @classmethod
    def of(cls, content: Mapping[str, Any], seed: int) -> Layout:
        """The same seed lays a question out in the same way again."""
        options = [option["key"] for option in content.get("options", ())]
        if content.get("shuffle", True):
            random.Random(seed).shuffle(options)
        return cls(tuple(options), tuple(premise["key"] for premise in content.get("premises", ())))

    def option_at(self, place: str) -> str:
        return key_at(self.options, place)

    def place_of(self, option: str) -> int:
        return self.options.index(option) + 1

    def with_keys(self, data: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """A sent form with the keys of the question in place of the places on the page."""
        named: dict[str, list[str]] = {}
        for name, values in data.items():
            head, sign, place = name.partition("_")
            if name == "choice":
                named[name] = [self.option_at(value) for value in values]
            elif head + sign in NAMED_BY_OPTION:
                named[head + sign + self.option_at(place)] = list(values)
            elif head + sign == "match_":
                named[head + sign + key_at(self.premises, place)] = [self.option_at(v) if v else "" for v in values]
            else:
                named[name] = list(values)
        return named


def key_at(keys: Sequence[str], place: str) -> str:
    if place.isascii() and place.isdigit() and 1 <= int(place[:4]) <= len(keys):
        return keys[int(place[:4]) - 1]
    return NOWHERE
