"""What was asked and by whom, as gaps are made of it."""

from datetime import datetime, timedelta
from typing import NamedTuple

SINCE = timedelta(days=90)
MOST = 1_500  # different things asked that are looked at, the newest


class Asked(NamedTuple):
    """`who` tells people apart; `source` = the number of the case it stands on, if on any."""

    said: str
    who: str
    at: datetime
    source: int | None = None
