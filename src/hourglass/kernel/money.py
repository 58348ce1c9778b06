"""Money is an integer of minor units and an ISO 4217 code; a float never reaches storage."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

# ISO 4217, the currencies whose minor unit is not a hundredth.
_EXPONENTS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
    "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
_LIMIT = 2**63 - 1
# Below a billion the error of a float is far less than a hundredth of the smallest coin: only near the half of one must
# decimals decide.
_PLAIN, _SURELY_BELOW_HALF = 1e9, 0.49


def exponent(currency: str) -> int:
    """How many decimals the currency has."""
    return _EXPONENTS.get(currency, 2)


def unusual_exponents() -> dict[str, int]:
    """The currencies whose minor unit is not a hundredth, for those who count whole columns."""
    return dict(_EXPONENTS)


def to_minor(amount: object, currency: str) -> int | None:
    """Minor units of an amount as people write it (18.99, "18.99"), half to even; None when it is no amount."""
    if type(amount) is float and abs(amount) < _PLAIN:
        scaled = amount * 10 ** exponent(currency)
        minor = round(scaled)
        if abs(scaled - minor) < _SURELY_BELOW_HALF:
            return minor
    if isinstance(amount, bool) or not isinstance(amount, int | float | str | Decimal):
        return None
    try:
        minor = int(Decimal(str(amount)).scaleb(exponent(currency)).to_integral_value(ROUND_HALF_EVEN))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return minor if abs(minor) <= _LIMIT else None


def to_major(minor: int, currency: str) -> Decimal:
    """The amount as people read it: 1899 EUR is 18.99."""
    return Decimal(minor).scaleb(-exponent(currency))
