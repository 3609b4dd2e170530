"""Few bytes for what a decision keeps: a small number a rule and the values seen, as one blob."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

PLAIN, DEFLATED = 0, 1
OLDER = ord("{")  # JSON as it was kept before it was packed
WINDOW, MEMORY = -12, 5  # raw and small: what is packed is a few hundred bytes

# What most decisions hold, so that it costs next to nothing. Belongs to DEFLATED: never changed.
_USUAL = "Здравствуйте! Добрый день! Подскажите, пожалуйста, почему не могу как это что ".encode()
_USUAL += bytes(range(8, 16)) + bytes(16)
_USUAL += (
    b'"field."hours_since_agent":"hours_since_client":"hours_since_created":"client_category":["v'
    b'ip"],"requester_name":"company":"counter":null,"direction":null,"topic":null,"type":null,"g'
    b'roup":null,"assignee":null,"now":"2026-0T:00+00:00","text":"","subject":"","locale":"ru","c'
    b'hannel":"portal","channel":"email","tags":[],"priority":2,"line":1,"status":1}{"status":1,"'
    b'line":1,"priority":2,"tags":[],"channel":"portal","locale":"ru","'
)
_USUAL += bytes([9, 9, 10, 9, 8, 9, 11, 9])


def packed(codes: bytes, seen: Mapping[str, Any]) -> bytes:
    text = json.dumps(seen, ensure_ascii=False, separators=(",", ":")) if seen else ""
    body = len(codes).to_bytes(2, "big") + codes + text.encode()
    press = zlib.compressobj(6, zlib.DEFLATED, WINDOW, MEMORY, zdict=_USUAL)
    small = press.compress(body) + press.flush()
    return bytes([DEFLATED]) + small if len(small) < len(body) else bytes([PLAIN]) + body


def unpacked(blob: bytes) -> tuple[bytes, dict[str, Any]]:
    body = blob[1:]
    if blob[0] == DEFLATED:
        body = zlib.decompressobj(WINDOW, zdict=_USUAL).decompress(body)
    count = int.from_bytes(body[:2], "big")
    codes, text = body[2 : 2 + count], body[2 + count :]
    return codes, json.loads(text) if text else {}
