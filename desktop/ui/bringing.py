"""Which pane an action shows, where one is seen at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.ui.actions import Actions
from desktop.ui.panes_contract import Place

BRINGS: dict[str, Place] = {
    "search": "right",
    "take_suggestion": "right",
    "propose_new": "right",
    "propose_edit": "right",
    "flag": "right",
    "other_language": "right",
    "change_type": "right",
    "withdraw": "right",
    "show_original": "middle",
    "calls": "middle",
    "texts": "middle",
    "incidents": "middle",
    "find_in_call": "middle",
    "jump_to_live": "middle",
    "spoken_language": "middle",
}


def bring_with(actions: Actions, bring: Callable[[Place], object]) -> None:
    """Call `bring` with an action's place whenever the action is triggered, before what is connected later."""
    for name, place in BRINGS.items():
        actions[name].triggered.connect(partial(_bring, bring, place))


def _bring(bring: Callable[[Place], object], place: Place, _checked: bool = False) -> None:
    bring(place)
