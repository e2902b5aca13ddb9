"""The tree that a screen reader walks, read from Qt, and what is wrong in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets import Icon

Role = QAccessible.Role
PRESSED = {Role.Button, Role.CheckBox, Role.RadioButton, Role.Link}
USED = {*PRESSED, Role.ComboBox, Role.EditableText, Role.List, Role.ListItem, Role.Slider, Role.SpinBox}
DECORATION = (Icon,)
"""Painted beside words that say the same."""


@dataclass(frozen=True, slots=True)
class Node:
    """What a screen reader is told of one part. `painted`: the desk paints it itself; `label` names it from outside."""

    role: QAccessible.Role
    name: str
    description: str
    value: str
    label: str
    focusable: bool
    painted: bool
    kind: str
    children: tuple[Node, ...] = field(repr=False)

    def all(self) -> Iterator[Node]:
        """This one and everything below it."""
        yield self
        for child in self.children:
            yield from child.all()


def tree(widget: QWidget) -> Node:
    """What is seen of `widget` and below it."""
    return _node(QAccessible.queryAccessibleInterface(widget))


def _node(face: QAccessibleInterface) -> Node:
    text, owner = QAccessible.Text, face.object()
    seen = (face.child(place) for place in range(face.childCount()))
    below = [_node(child) for child in seen if child is not None and not child.state().invisible]
    labels = [
        other.text(text.Name) for other, how in face.relations() if how & QAccessible.RelationFlag.Label
    ]
    return Node(
        face.role(),
        face.text(text.Name),
        face.text(text.Description),
        face.text(text.Value),
        " ".join(labels),
        bool(face.state().focusable),
        isinstance(owner, QWidget) and not isinstance(owner, DECORATION) and _paints(type(owner)),
        type(owner).__name__ if owner is not None else "",
        tuple(below),
    )


def _paints(kind: type) -> bool:
    return any(
        "paintEvent" in each.__dict__ and each.__module__.startswith("desktop.") for each in kind.__mro__
    )


def faults(root: Node) -> list[str]:
    """One line for each thing that somebody who does not see could not make out."""
    found = [f"{what}: {node}" for node in root.all() for what in _faults_of(node)]
    return found + [f"told twice: {node}" for parent in root.all() for node in _twins(parent.children)]


def _faults_of(node: Node) -> Iterator[str]:
    # On Linux Qt names a combo box after what is chosen and leaves the rest to its label.
    name = node.label if node.role is Role.ComboBox else node.name
    # A line of text that says nothing just now is no part.
    if (
        not name.strip()
        and node.role is not Role.StaticText
        and (node.focusable or node.role in USED or node.painted)
    ):
        yield "no name"
    if node.name.strip() and not any(map(str.isalnum, node.name)):
        yield "a sign for a name"
    said = node.description.strip()
    if node.role in PRESSED and len(node.name.split()) < 2 and said in ("", node.name):
        yield "one word that does not say what it does"
    if node.role in PRESSED and said and not any(map(str.isalnum, said)):
        yield "a sign for a description"


def _twins(children: Sequence[Node]) -> Iterator[Node]:
    for one, other in itertools.pairwise(children):
        if one.name.strip() and (one.name, one.role) == (other.name, other.role):
            yield other
