"""Every action of the desk in one table: name, keys, words, group, and when it makes sense.

Qt's key names, as `QKeySequence` reads them. Keys shared by several actions (Ctrl+Enter, Esc, Ctrl+1..9) are bound
once by the window, which asks the panes what they mean at the moment. Which keys hold now: `desktop.ui.shortcuts`.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Key:
    """`keys` are tried in order, the first is shown. `words` is the English source of the action's name.

    A key that is a bare character works where no text field has the focus: there it is text.
    `when` is the English source of when the action makes sense, "" for always. `shared` keys are bound by a
    dispatcher, not by the action, and can't be changed.
    """

    keys: tuple[str, ...]
    words: str
    group: str
    when: str = ""
    shared: bool = False


CALL = QT_TRANSLATE_NOOP("Actions", "The call")
PROTECTION = QT_TRANSLATE_NOOP("Actions", "Protection")
ANSWERS = QT_TRANSLATE_NOOP("Actions", "Answers")
TRANSCRIPT = QT_TRANSLATE_NOOP("Actions", "Transcript")
WRITING = QT_TRANSLATE_NOOP("Actions", "Write-up and report")
SOUND = QT_TRANSLATE_NOOP("Actions", "Sound")
WINDOW = QT_TRANSLATE_NOOP("Actions", "The desk")
GROUPS = (CALL, PROTECTION, ANSWERS, TRANSCRIPT, WRITING, SOUND, WINDOW)

_RINGING = QT_TRANSLATE_NOOP("Actions", "While it rings")
_CALL_OR_RINGING = QT_TRANSLATE_NOOP("Actions", "While it rings or in a call")
_IN_CALL = QT_TRANSLATE_NOOP("Actions", "In a call")
_INTERPRETER = QT_TRANSLATE_NOOP("Actions", "In a call, with an interpreter in the settings")
_AFTER_CALL = QT_TRANSLATE_NOOP("Actions", "In a call, and for the last one after it")
_PROCEDURE = QT_TRANSLATE_NOOP("Actions", "In the procedure for abuse")
_INCIDENTS = QT_TRANSLATE_NOOP("Actions", "With a caller who has earlier incidents")
_FREE_LINE = QT_TRANSLATE_NOOP("Actions", "While the second line is free")
_NO_REPORT = QT_TRANSLATE_NOOP("Actions", "While no report is open")
_SUGGESTION = QT_TRANSLATE_NOOP("Actions", "While a suggestion is shown")
_ANSWER_IN_CALL = QT_TRANSLATE_NOOP("Actions", "In a call, with an answer open")
_WRAP_UP = QT_TRANSLATE_NOOP("Actions", "In the write-up after a call")
_REPORT = QT_TRANSLATE_NOOP("Actions", "While a report is open")
_SAVED_CALL = QT_TRANSLATE_NOOP("Actions", "While a call or its evidence is read")
_ANSWER = QT_TRANSLATE_NOOP("Actions", "While an answer is open")
_FORM = QT_TRANSLATE_NOOP("Actions", "While a flag or a proposal is written")
_IDLE = QT_TRANSLATE_NOOP("Actions", "Between calls")
_LISTED_CALL = QT_TRANSLATE_NOOP("Actions", "Between calls, on a call of the list")
_PRACTICE = QT_TRANSLATE_NOOP("Actions", "In practice")
_MY_TURN = QT_TRANSLATE_NOOP("Actions", "In a practice call, when it is your turn")
_TRANSCRIPT_SHOWN = QT_TRANSLATE_NOOP("Actions", "In a call and in its write-up")
_SOUND_PAGE = QT_TRANSLATE_NOOP("Actions", "On the sound page of the settings")
_DRAFT = QT_TRANSLATE_NOOP("Actions", "In a call, with fitting sentences shown")
_UNDO = QT_TRANSLATE_NOOP("Actions", "While a message offers it")

KEYS: dict[str, Key] = {
    "answer": Key(("F2",), QT_TRANSLATE_NOOP("Actions", "Answer"), CALL, _RINGING),
    "end": Key(("F8",), QT_TRANSLATE_NOOP("Actions", "Hang up or decline"), CALL, _CALL_OR_RINGING),
    "decline_with": Key(("Shift+F8",), QT_TRANSLATE_NOOP("Actions", "Decline with a reason"), CALL, _RINGING),
    "mute": Key(("F3",), QT_TRANSLATE_NOOP("Actions", "Mute"), CALL, _IN_CALL),
    "hold": Key(("F4",), QT_TRANSLATE_NOOP("Actions", "Hold"), CALL, _IN_CALL),
    "transfer": Key(("F5",), QT_TRANSLATE_NOOP("Actions", "Transfer"), CALL, _IN_CALL),
    "interpreter": Key(("F7",), QT_TRANSLATE_NOOP("Actions", "Interpreter, three-way"), CALL, _INTERPRETER),
    "red_button": Key(
        ("F12",),
        QT_TRANSLATE_NOOP("Actions", "Save evidence, next step; held: notice and end; later the report"),
        PROTECTION,
        _AFTER_CALL,
    ),
    "said_it": Key(
        ("Shift+F12",), QT_TRANSLATE_NOOP("Actions", "I said the warning myself"), PROTECTION, _PROCEDURE
    ),
    "calm": Key(
        ("Ctrl+B",), QT_TRANSLATE_NOOP("Actions", "Calm again, back to the talk"), PROTECTION, _PROCEDURE
    ),
    "change_type": Key(
        ("Ctrl+T",), QT_TRANSLATE_NOOP("Actions", "Change the type of the incident"), PROTECTION, _PROCEDURE
    ),
    "crisis": Key(("F11",), QT_TRANSLATE_NOOP("Actions", "Crisis call"), PROTECTION, _IN_CALL),
    "incidents": Key(
        ("Alt+I",), QT_TRANSLATE_NOOP("Actions", "Earlier incidents of this caller"), PROTECTION, _INCIDENTS
    ),
    "supervisor": Key(("F10",), QT_TRANSLATE_NOOP("Actions", "Call supervisor"), PROTECTION, _FREE_LINE),
    "state": Key(("Alt+S",), QT_TRANSLATE_NOOP("Actions", "Working state"), WINDOW),
    "search": Key(("Ctrl+F", "/"), QT_TRANSLATE_NOOP("Actions", "Search answers"), ANSWERS, _NO_REPORT),
    "take_suggestion": Key(
        ("Ctrl+O",), QT_TRANSLATE_NOOP("Actions", "Open the suggestion"), ANSWERS, _SUGGESTION
    ),
    "drop_suggestion": Key(
        ("Esc",), QT_TRANSLATE_NOOP("Actions", "Dismiss the suggestion"), ANSWERS, _SUGGESTION, shared=True
    ),
    "copy_to_notes": Key(
        ("Ctrl+Return",), QT_TRANSLATE_NOOP("Actions", "Copy to notes"), ANSWERS, _ANSWER_IN_CALL, shared=True
    ),
    "done": Key(("Ctrl+Return",), QT_TRANSLATE_NOOP("Actions", "Done"), WRITING, _WRAP_UP, shared=True),
    "send_report": Key(
        ("Ctrl+Return",), QT_TRANSLATE_NOOP("Actions", "Send the report"), WRITING, _REPORT, shared=True
    ),
    "withdraw": Key(
        ("Alt+W",), QT_TRANSLATE_NOOP("Actions", "Withdraw the report, with a reason"), WRITING, _REPORT
    ),
    "show_original": Key(
        ("Alt+O",), QT_TRANSLATE_NOOP("Actions", "Show the original of what is masked"), WRITING, _SAVED_CALL
    ),
    "more_time": Key(("Ctrl+=",), QT_TRANSLATE_NOOP("Actions", "One minute more"), WRITING, _WRAP_UP),
    "insert_lines": Key(
        ("Ctrl+I",), QT_TRANSLATE_NOOP("Actions", "Insert key lines into notes"), WRITING, _WRAP_UP
    ),
    "flag": Key(("!", "Alt+R"), QT_TRANSLATE_NOOP("Actions", "Flag the answer"), ANSWERS, _ANSWER),
    "favourite": Key(
        ("Alt+F",), QT_TRANSLATE_NOOP("Actions", "Favourite answer, on or off"), ANSWERS, _ANSWER
    ),
    "pin": Key(("Alt+P",), QT_TRANSLATE_NOOP("Actions", "Pin the answer, on or off"), ANSWERS, _ANSWER),
    "other_language": Key(
        ("Alt+L",), QT_TRANSLATE_NOOP("Actions", "The answer in the next language"), ANSWERS, _ANSWER
    ),
    "propose_edit": Key(
        ("Alt+E",), QT_TRANSLATE_NOOP("Actions", "Propose an edit of the answer"), ANSWERS, _ANSWER
    ),
    "propose_new": Key(("Alt+N",), QT_TRANSLATE_NOOP("Actions", "Propose a new answer"), ANSWERS, _NO_REPORT),
    "keep_form": Key(
        ("Ctrl+Return",),
        QT_TRANSLATE_NOOP("Actions", "Keep the flag or proposal"),
        ANSWERS,
        _FORM,
        shared=True,
    ),
    "dial": Key(("Ctrl+D",), QT_TRANSLATE_NOOP("Actions", "Dial"), CALL, _FREE_LINE),
    "redial": Key(("Shift+F2",), QT_TRANSLATE_NOOP("Actions", "Call the last number again"), CALL, _IDLE),
    "call_back": Key(("Alt+D",), QT_TRANSLATE_NOOP("Actions", "Call this number"), CALL, _LISTED_CALL),
    "calls": Key(("Ctrl+H",), QT_TRANSLATE_NOOP("Actions", "Calls"), WINDOW),
    "texts": Key(("Alt+T",), QT_TRANSLATE_NOOP("Actions", "Text messages"), WINDOW),
    "settings": Key(("Ctrl+,",), QT_TRANSLATE_NOOP("Actions", "Settings"), WINDOW),
    "practice": Key(("Ctrl+P",), QT_TRANSLATE_NOOP("Actions", "Practice call"), WINDOW),
    "say_for_me": Key(("Ctrl+R",), QT_TRANSLATE_NOOP("Actions", "Say the model answer"), WINDOW, _MY_TURN),
    "quit_practice": Key(("Ctrl+Q",), QT_TRANSLATE_NOOP("Actions", "Leave practice"), WINDOW, _PRACTICE),
    "next_pane": Key(("F6",), QT_TRANSLATE_NOOP("Actions", "Next pane"), WINDOW),
    "previous_pane": Key(("Shift+F6",), QT_TRANSLATE_NOOP("Actions", "Previous pane"), WINDOW),
    "pane_1": Key(("Alt+1",), QT_TRANSLATE_NOOP("Actions", "Notes"), WINDOW),
    "pane_2": Key(("Alt+2",), QT_TRANSLATE_NOOP("Actions", "Middle pane"), WINDOW),
    "pane_3": Key(("Alt+3",), QT_TRANSLATE_NOOP("Actions", "Right pane"), WINDOW),
    "find_in_call": Key(
        ("Ctrl+G",), QT_TRANSLATE_NOOP("Actions", "Find in call"), TRANSCRIPT, _TRANSCRIPT_SHOWN
    ),
    "mark": Key(("Ctrl+M",), QT_TRANSLATE_NOOP("Actions", "Mark this moment"), TRANSCRIPT, _TRANSCRIPT_SHOWN),
    "jump_to_live": Key(("Ctrl+J",), QT_TRANSLATE_NOOP("Actions", "Jump to live"), TRANSCRIPT, _IN_CALL),
    "spoken_language": Key(
        ("Alt+K",), QT_TRANSLATE_NOOP("Actions", "Write the call in the next language"), TRANSCRIPT, _IN_CALL
    ),
    "louder": Key(
        ("Alt+PgUp",), QT_TRANSLATE_NOOP("Actions", "Louder: the caller, between calls the ring"), SOUND
    ),
    "quieter": Key(
        ("Alt+PgDown",), QT_TRANSLATE_NOOP("Actions", "Quieter: the caller, between calls the ring"), SOUND
    ),
    "microphone_louder": Key(("Alt+Home",), QT_TRANSLATE_NOOP("Actions", "Louder microphone"), SOUND),
    "microphone_quieter": Key(("Alt+End",), QT_TRANSLATE_NOOP("Actions", "Quieter microphone"), SOUND),
    "volume": Key(("Alt+V",), QT_TRANSLATE_NOOP("Actions", "Volumes on the call card"), SOUND),
    "sound_check": Key(("Ctrl+Shift+T",), QT_TRANSLATE_NOOP("Actions", "Sound check"), SOUND, _SOUND_PAGE),
    "copy_draft": Key(
        ("Alt+Return",), QT_TRANSLATE_NOOP("Actions", "Copy the fitting sentences to notes"), ANSWERS, _DRAFT
    ),
    "copy_detail": Key(
        ("Ctrl+L",),
        QT_TRANSLATE_NOOP("Actions", "Copy what the caller named into the notes"),
        TRANSCRIPT,
        _IN_CALL,
    ),
    "undo": Key(("Alt+U",), QT_TRANSLATE_NOOP("Actions", "Undo"), WINDOW, _UNDO),
    "commands": Key(("Ctrl+K",), QT_TRANSLATE_NOOP("Actions", "All commands"), WINDOW),
    "keys": Key(("F1",), QT_TRANSLATE_NOOP("Actions", "Keys"), WINDOW),
}
