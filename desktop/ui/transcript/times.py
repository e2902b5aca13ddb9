"""Moments and durations as the panes write them, in local time."""

from __future__ import annotations

from datetime import datetime, timedelta


def clock_text(moment: datetime, seconds: bool = True) -> str:
    """`14:29:38` or `14:29` on this machine's clock."""
    return moment.astimezone().strftime("%H:%M:%S" if seconds else "%H:%M")


def length_text(seconds: float) -> str:
    """A duration as `2:31`, from an hour on `1:02:31`."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


def timer_text(seconds: float) -> str:
    """A running time as `02:31`."""
    whole = max(0, int(seconds))
    return f"{whole // 60:02}:{whole % 60:02}"


def line_time(start: float, confirmed: datetime | None, practice: bool) -> str:
    """When a line was said: on the wall clock, in practice from 00:00. `start` is in seconds since the media began."""
    if practice or confirmed is None:
        return timer_text(start)
    return clock_text(confirmed + timedelta(seconds=start))
