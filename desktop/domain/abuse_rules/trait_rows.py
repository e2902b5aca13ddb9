"""The numbers of a model's traits. As a dict of strings they take fifteen megabytes for three languages, so three."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

FREE = -1


class TraitRows(Mapping[str, int]):
    """`names`: the traits in UTF-8, each with a line end, in the order of their numbers. ValueError for one twice.

    They stay in one piece. Beside it stand where each begins and a table of their numbers by hash, at most half full;
    where a place is taken, the next free one holds the number.
    """

    def __init__(self, names: bytes) -> None:
        count = names.count(b"\n")
        size = 1 << (2 * count + 1).bit_length()
        self._names, self._starts = names, array("I", [0])
        self._slots, self._mask = array("i", [FREE]) * size, size - 1
        for row in range(count):
            begins = self._starts[row]
            end = names.index(b"\n", begins)
            slot, taken = self._place(names[begins:end])
            if taken != FREE:
                raise ValueError("a trait is there twice")
            self._slots[slot] = row
            self._starts.append(end + 1)

    def _place(self, name: bytes) -> tuple[int, int]:
        """Where this trait's number stands, or would stand, and what stands there."""
        slot = hash(name) & self._mask
        while (row := self._slots[slot]) != FREE:
            if self._names[self._starts[row] : self._starts[row + 1] - 1] == name:
                break
            slot = slot + 1 & self._mask
        return slot, row

    def __getitem__(self, name: str) -> int:
        _slot, row = self._place(_bytes_of(name))
        if row == FREE:
            raise KeyError(name)
        return row

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._place(_bytes_of(name))[1] != FREE

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.decode().split("\n")[:-1])

    def __len__(self) -> int:
        return len(self._starts) - 1


def _bytes_of(name: str) -> bytes:
    # Half a character, which no file has, is unknown and no error.
    return name.encode("utf-8", "surrogatepass")
