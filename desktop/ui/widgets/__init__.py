"""Parts that the panels share: painted from tokens, plain text only, their own focus ring, names for screen readers."""

from desktop.ui.widgets.button import Button
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.choices import ChoiceButton, Choices
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.icon import Icon
from desktop.ui.widgets.key_cap import KeyCap, draw_key
from desktop.ui.widgets.labels import Elided, Label
from desktop.ui.widgets.layouts import col, row
from desktop.ui.widgets.light import Light
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.panel import Band, Panel, Rule, card
from desktop.ui.widgets.paragraph import Mark, Paragraph
from desktop.ui.widgets.reason_field import ReasonField
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.search_field import SearchField
from desktop.ui.widgets.stack import Stack
from desktop.ui.widgets.tabs import TabGroup
from desktop.ui.widgets.toast import Toast

__all__ = [
    "Band",
    "Button",
    "Chip",
    "ChoiceButton",
    "Choices",
    "Combo",
    "Elided",
    "Field",
    "Icon",
    "KeyCap",
    "Label",
    "Light",
    "Mark",
    "Notice",
    "Panel",
    "Paragraph",
    "ReasonField",
    "Rule",
    "Scroll",
    "SearchField",
    "Stack",
    "TabGroup",
    "Toast",
    "card",
    "col",
    "draw_key",
    "row",
]
