"""Addresses shown to somebody who has not shown that they are theirs."""


def masked(address: str) -> str:
    """m…@example.ru: enough to know one's own, too little to learn another's."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…{at}{domain}" if at else "…"
