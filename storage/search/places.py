"""Where in a block a gram occurs, kept short: a list while it is rare, one bit per entry once it is not.

Packed, a leading 0 is followed by places of 2 bytes, a leading 1 by bits; both little-endian. In memory
it is always one integer with a bit per place, because those are intersected fastest.
"""

import struct
from collections.abc import Sequence
from functools import reduce
from operator import and_

_LIST, _BITS = b"\x00", b"\x01"
_FEW = 24
# A list is made into bits one by one, so it has to be much shorter than the bits to be worth it.
_WORTH = 8
_IN_BYTE = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]


def bits(places: Sequence[int]) -> int:
    """One integer with a bit for each of *places*, in any order."""
    if not places:
        return 0
    held = bytearray((max(places) >> 3) + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")


def pack(found: int) -> bytes:
    """The places whose bits are set, at least one and each below 65,536."""
    last = found.bit_length() - 1
    if found.bit_count() * _WORTH <= last // 8:
        places = places_of(found)
        return _LIST + struct.pack(f"<{len(places)}H", *places)
    return _BITS + found.to_bytes(last // 8 + 1, "little")


def unpack(packed: bytes) -> int:
    """The bits of what was packed."""
    if packed.startswith(_BITS):
        return int.from_bytes(packed[1:], "little")
    return bits(struct.unpack_from(f"<{len(packed) // 2}H", packed, 1))


def common(packed: list[bytes]) -> int:
    """The bits of what all of *packed* have in common.

    Where one of them is a list its few places are looked up in the others, which need no unpacking then.
    """
    shortest, *others = sorted(packed, key=len)
    if shortest.startswith(_BITS):
        return reduce(and_, map(unpack, packed))
    places: Sequence[int] = struct.unpack_from(f"<{len(shortest) // 2}H", shortest, 1)
    for other in others:
        if other.startswith(_BITS):
            end = (len(other) - 1) * 8
            places = [at for at in places if at < end and other[1 + (at >> 3)] >> (at & 7) & 1]
        else:
            others_places = set(struct.unpack_from(f"<{len(other) // 2}H", other, 1))
            places = [at for at in places if at in others_places]
        if not places:
            return 0
    return bits(places)


def places_of(found: int) -> list[int]:
    """The places whose bits are set, ascending."""
    if found.bit_count() > _FEW:
        held = found.to_bytes(found.bit_length() // 8 + 1, "little")
        return [8 * at + bit for at, byte in enumerate(held) if byte for bit in _IN_BYTE[byte]]
    places: list[int] = []
    while found:
        lowest = found & -found
        places.append(lowest.bit_length() - 1)
        found ^= lowest
    return places
