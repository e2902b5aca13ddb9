"""Every key of the desk in one table: action name, key, whether the action is there yet.

Qt's key names, as `QKeySequence` reads them. Keys shared by several actions (Ctrl+Enter, Esc, Ctrl+1..9) are bound
once by the window, which asks the panes what they mean at the moment.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Key:
    """`keys` are tried in order, the first is shown. `words` is the English source of the action's name.

    A key that is a bare character works where no text field has the focus: there it is text.
    `shared` keys are bound by a dispatcher, not by the action. `later`: the slot exists, the function does not yet.
    """

    keys: tuple[str, ...]
    words: str
    later: bool = False
    shared: bool = False


KEYS: dict[str, Key] = {
    "answer": Key(("F2",), QT_TRANSLATE_NOOP("Actions", "Answer")),
    "end": Key(("F8",), QT_TRANSLATE_NOOP("Actions", "Hang up or decline")),
    "decline_with": Key(("Shift+F8",), QT_TRANSLATE_NOOP("Actions", "Decline with a reason")),
    "mute": Key(("F3",), QT_TRANSLATE_NOOP("Actions", "Mute")),
    "hold": Key(("F4",), QT_TRANSLATE_NOOP("Actions", "Hold")),
    "transfer": Key(("F5",), QT_TRANSLATE_NOOP("Actions", "Transfer")),
    "interpreter": Key(("F7",), QT_TRANSLATE_NOOP("Actions", "Interpreter, three-way")),
    "red_button": Key(
        ("F12",),
        QT_TRANSLATE_NOOP("Actions", "Save evidence, next step; held: notice and end; later the report"),
    ),
    "said_it": Key(("Shift+F12",), QT_TRANSLATE_NOOP("Actions", "I said the warning myself")),
    "calm": Key(("Ctrl+B",), QT_TRANSLATE_NOOP("Actions", "Calm again, back to the talk")),
    "change_type": Key(("Ctrl+T",), QT_TRANSLATE_NOOP("Actions", "Change the type of the incident")),
    "crisis": Key(("F11",), QT_TRANSLATE_NOOP("Actions", "Crisis call")),
    "incidents": Key(("Alt+I",), QT_TRANSLATE_NOOP("Actions", "Earlier incidents of this caller")),
    "supervisor": Key(("F10",), QT_TRANSLATE_NOOP("Actions", "Call supervisor")),
    "state": Key(("Alt+S",), QT_TRANSLATE_NOOP("Actions", "Working state")),
    "search": Key(("Ctrl+F", "/"), QT_TRANSLATE_NOOP("Actions", "Search answers")),
    "take_suggestion": Key(("Ctrl+O",), QT_TRANSLATE_NOOP("Actions", "Open the suggestion")),
    "drop_suggestion": Key(("Esc",), QT_TRANSLATE_NOOP("Actions", "Dismiss the suggestion"), shared=True),
    "copy_to_notes": Key(("Ctrl+Return",), QT_TRANSLATE_NOOP("Actions", "Copy to notes"), shared=True),
    "done": Key(("Ctrl+Return",), QT_TRANSLATE_NOOP("Actions", "Done"), shared=True),
    "send_report": Key(("Ctrl+Return",), QT_TRANSLATE_NOOP("Actions", "Send the report"), shared=True),
    "withdraw": Key(("Alt+W",), QT_TRANSLATE_NOOP("Actions", "Withdraw the report, with a reason")),
    "show_original": Key(("Alt+O",), QT_TRANSLATE_NOOP("Actions", "Show the original of what is masked")),
    "more_time": Key(("Ctrl+=",), QT_TRANSLATE_NOOP("Actions", "One minute more")),
    "insert_lines": Key(("Ctrl+I",), QT_TRANSLATE_NOOP("Actions", "Insert key lines into notes")),
    "flag": Key(("!", "Alt+R"), QT_TRANSLATE_NOOP("Actions", "Flag the answer")),
    "favourite": Key(("Alt+F",), QT_TRANSLATE_NOOP("Actions", "Favourite answer, on or off")),
    "pin": Key(("Alt+P",), QT_TRANSLATE_NOOP("Actions", "Pin the answer, on or off")),
    "other_language": Key(("Alt+L",), QT_TRANSLATE_NOOP("Actions", "The answer in the next language")),
    "propose_edit": Key(("Alt+E",), QT_TRANSLATE_NOOP("Actions", "Propose an edit of the answer")),
    "propose_new": Key(("Alt+N",), QT_TRANSLATE_NOOP("Actions", "Propose a new answer")),
    "keep_form": Key(
        ("Ctrl+Return",), QT_TRANSLATE_NOOP("Actions", "Keep the flag or proposal"), shared=True
    ),
    "dial": Key(("Ctrl+D",), QT_TRANSLATE_NOOP("Actions", "Dial")),
    "redial": Key(("Shift+F2",), QT_TRANSLATE_NOOP("Actions", "Call the last number again")),
    "call_back": Key(("Alt+D",), QT_TRANSLATE_NOOP("Actions", "Call this number")),
    "calls": Key(("Ctrl+H",), QT_TRANSLATE_NOOP("Actions", "Calls")),
    "texts": Key(("Alt+T",), QT_TRANSLATE_NOOP("Actions", "Text messages")),
    "settings": Key(("Ctrl+,",), QT_TRANSLATE_NOOP("Actions", "Settings")),
    "practice": Key(("Ctrl+P",), QT_TRANSLATE_NOOP("Actions", "Practice call")),
    "quit_practice": Key(("Ctrl+Q",), QT_TRANSLATE_NOOP("Actions", "Leave practice")),
    "next_pane": Key(("F6",), QT_TRANSLATE_NOOP("Actions", "Next pane")),
    "previous_pane": Key(("Shift+F6",), QT_TRANSLATE_NOOP("Actions", "Previous pane")),
    "pane_1": Key(("Alt+1",), QT_TRANSLATE_NOOP("Actions", "Notes")),
    "pane_2": Key(("Alt+2",), QT_TRANSLATE_NOOP("Actions", "Middle pane")),
    "pane_3": Key(("Alt+3",), QT_TRANSLATE_NOOP("Actions", "Right pane")),
    "find_in_call": Key(("Ctrl+G",), QT_TRANSLATE_NOOP("Actions", "Find in call")),
    "mark": Key(("Ctrl+M",), QT_TRANSLATE_NOOP("Actions", "Mark this moment")),
    "jump_to_live": Key(("Ctrl+J",), QT_TRANSLATE_NOOP("Actions", "Jump to live")),
    "louder": Key(("Alt+PgUp",), QT_TRANSLATE_NOOP("Actions", "Louder: the caller, between calls the ring")),
    "quieter": Key(
        ("Alt+PgDown",), QT_TRANSLATE_NOOP("Actions", "Quieter: the caller, between calls the ring")
    ),
    "microphone_louder": Key(("Alt+Home",), QT_TRANSLATE_NOOP("Actions", "Louder microphone")),
    "microphone_quieter": Key(("Alt+End",), QT_TRANSLATE_NOOP("Actions", "Quieter microphone")),
    "volume": Key(("Alt+V",), QT_TRANSLATE_NOOP("Actions", "Volumes on the call card")),
    "sound_check": Key(("Ctrl+Shift+T",), QT_TRANSLATE_NOOP("Actions", "Sound check")),
    "copy_draft": Key(("Alt+Return",), QT_TRANSLATE_NOOP("Actions", "Copy the fitting sentences to notes")),
    "copy_detail": Key(
        ("Ctrl+L",), QT_TRANSLATE_NOOP("Actions", "Copy what the caller named into the notes")
    ),
    "undo": Key(("Alt+U",), QT_TRANSLATE_NOOP("Actions", "Undo")),
    "commands": Key(("Ctrl+K",), QT_TRANSLATE_NOOP("Actions", "All commands"), later=True),
    "keys": Key(("F1",), QT_TRANSLATE_NOOP("Actions", "Keys")),
}

SHOWN = {"Ctrl+Return": "Ctrl+Enter", "Alt+Return": "Alt+Enter"}


def shown(name: str) -> str:
    """The key of an action as it stands on a key cap."""
    key = KEYS[name].keys[0]
    return SHOWN.get(key, key)


def all_shown(name: str) -> list[str]:
    """Every key of an action as it stands on a key cap."""
    return [SHOWN.get(key, key) for key in KEYS[name].keys]
