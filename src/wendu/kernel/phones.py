"""Phone numbers and e-mail addresses: one way to write them, their tail, and their masked form."""

import re

import phonenumbers

_EXTENSION = re.compile(r"\s*(?:转|轉|分机|分機)\s*[:：]?\s*(?=\d)")
MASK = "****"
MOBILE_DIGITS = 11
LONG_ENOUGH = 10
_NO_TRUNK = "148"  # mobiles, 400 and 800 numbers are dialled without the leading 0
_NOT_A_NUMBER = re.compile(r"[A-Za-z]{4,}")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９＋－（）　", "0123456789+-() ")


def normalise(text: str, region: str = "CN") -> str | None:
    """Write a phone number in E.164 (`+8613812345678`); None when it cannot be one. Extensions are kept as `;ext=`."""
    plain = _EXTENSION.sub(" ext. ", text.translate(_FULL_WIDTH)).strip()
    if not plain or _NOT_A_NUMBER.search(plain):
        return None
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else written


def normalise_email(text: str) -> str:
    """Write an e-mail address the way it is compared: trimmed and in lower case."""
    return text.strip().lower()


def tail(number: str, digits: int = 4) -> str:
    """Give the last digits of a number, by which people remember it."""
    return "".join(sign for sign in number.partition(";")[0] if sign.isdigit())[-digits:]


def mask_phone(number: str) -> str:
    """Hide the middle of a phone number: `138****5678`; a short one shows its last two digits only."""
    digits = "".join(sign for sign in number.partition(";")[0] if sign.isdigit())
    if number.startswith("+86") and len(digits) >= MOBILE_DIGITS:
        digits = digits[2:] if digits[2] in _NO_TRUNK else f"0{digits[2:]}"
    if not digits:
        return MASK if number else ""
    return f"{digits[:3]}{MASK}{digits[-4:]}" if len(digits) >= LONG_ENOUGH else f"{MASK}{digits[-2:]}"


def mask_email(address: str) -> str:
    """Hide the name in an e-mail address, keep its firm: `z****@example.com`."""
    name, at, firm = address.partition("@")
    if not at:
        return MASK if address else ""
    return f"{name[:1]}{MASK}@{firm}"
