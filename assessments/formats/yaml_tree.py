"""YAML text as plain text, lists and mappings that remember their lines.

Scalars stay as written: YAML's guesses ("yes" is true, 3.10 is 3.1) are not used, each
field is read as what it is. Parts of a list that have a `key` or an `id` are named by it,
so that a place reads "options.b.text".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

MOST_BYTES = 20 * 1024 * 1024
DEEPEST = 12
MOST_NODES = 1_000_000  # an alias is counted each time it is used
STANDARD = "tag:yaml.org,2002:"
TAGS = {
    STANDARD + name for name in ["str", "int", "float", "bool", "null", "timestamp", "seq", "map", "value", "merge"]
}
NULL_TAG = "tag:yaml.org,2002:null"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """The text is no YAML that we take; `line` says where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Tree:
    """A value of None, str, list and dict, and the line of every place in it."""

    value: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)  # places of keys written twice
    nodes: int = 0

    def line_of(self, place: str) -> int:
        """The line of a place, or of the nearest place around it."""
        while place and place not in self.lines:
            place = place.rpartition(".")[0]
        return self.lines.get(place, 1)


def read_tree(text: str) -> Tree:
    """The text as a tree; raises YamlError at the first fault of the syntax."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise YamlError(f"the file is larger than {MOST_BYTES // 1024 // 1024} MB", 1)
    tree = Tree()
    root = _compose(text)
    tree.value = None if root is None else _plain(root, "", tree, 0)
    return tree


def _compose(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(part for part in (error.context, error.problem) if part)
        raise YamlError(message, mark.line + 1 if mark else 1) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlError(f"not readable as YAML: {error}", 1) from error


def _plain(node: yaml.Node, place: str, tree: Tree, depth: int) -> Any:
    tree.nodes += 1
    line = node.start_mark.line + 1
    if depth > DEEPEST or tree.nodes > MOST_NODES:
        raise YamlError("the file is nested too deeply or refers to itself too often", line)
    if node.tag not in TAGS:
        raise YamlError(f"the tag {node.tag} is not used here", line)
    tree.lines.setdefault(place, line)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, tree, depth)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(n, _inside(place, _name(n, i)), tree, depth + 1) for i, n in enumerate(node.value)]
    return None if node.tag == NULL_TAG else str(node.value)


def _mapping(node: yaml.MappingNode, place: str, tree: Tree, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name_node, value_node in node.value:
        if not isinstance(name_node, yaml.ScalarNode):
            raise YamlError("a field name must be plain text", name_node.start_mark.line + 1)
        name = str(name_node.value)
        inside = _inside(place, name)
        if name in found:
            tree.twice.append(inside)
        tree.lines[inside] = name_node.start_mark.line + 1
        found[name] = _plain(value_node, inside, tree, depth + 1)
    return found


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _name(node: yaml.Node, index: int) -> str:
    """A part of a list is called by its key or id, else by its number from 0."""
    if isinstance(node, yaml.MappingNode):
        for name_node, value_node in node.value:
            if name_node.value in ("key", "id") and isinstance(value_node, yaml.ScalarNode):
                return str(value_node.value)
    return str(index)
