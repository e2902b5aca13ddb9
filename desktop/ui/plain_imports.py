"""Imports as quick as without Qt's bindings: to be imported before anything that is not theirs.

They put a function of their own in the place of Python's import, which reads the source of each module that is imported
after them, to see whether it wants another way of writing names. Ours never do, and it took 0.2 s of a start. What they
have put there before that one (it makes their classes when they are first used) stays. The sources read until then
are forgotten: 0.7 MB.
"""

import builtins
import linecache

import PySide6.QtCore  # noqa: F401 - with it that function is there

BEFORE = getattr(builtins, "__orig_import__", builtins.__import__)
builtins.__import__ = BEFORE
linecache.clearcache()
