"""What a truth could still be, as a set of bits: what `and`, `not` and `sure` make of such sets.

The rule: a set may be too large, never too small; so what cannot be by its set cannot be at all.
"""

from __future__ import annotations

from bot.engine.bounds import ZERO, Span, Truth, compare
from bot.engine.proof.residue import ANY, NO, OPEN, POINT, YES

_BITS: dict[Truth, int] = {True: YES, False: NO, None: OPEN}
_TRUTHS: dict[int, Truth] = {bit: truth for truth, bit in _BITS.items()}


def mask_of(truth: Truth) -> int:
    return _BITS[truth]


def truth_of(bit: int) -> Truth:
    return _TRUTHS[bit]


def both_could(one: int, other: int) -> int:
    found = (one | other) & NO
    if one & YES and other & YES:
        found |= YES
    if (one & OPEN and other & (YES | OPEN)) or (other & OPEN and one & (YES | OPEN)):
        found |= OPEN
    return found


def not_could(one: int) -> int:
    return (one & OPEN) | (YES if one & NO else 0) | (NO if one & YES else 0)


def sure_could(one: int) -> int:
    return (one & YES) | (NO if one & (NO | OPEN) else 0)


def sign_could(op: str, span: Span, sharp: int) -> int:
    """What a comparison with 0 could be, for every span within this one."""
    found = compare(op, span, ZERO)
    if found is not None:
        return mask_of(found)
    return YES | NO if sharp == POINT else ANY
