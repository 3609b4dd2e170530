"""The filters, in the order in which they are asked: who is here at all, then who can, then who has
room. One file each."""

from desk.dispatcher.filter import Filter
from desk.dispatcher.filters.absence import NotAbsent
from desk.dispatcher.filters.active import Active
from desk.dispatcher.filters.answered import Answered
from desk.dispatcher.filters.client_category import ServesCategory
from desk.dispatcher.filters.direction import OfDirection
from desk.dispatcher.filters.group import InGroup
from desk.dispatcher.filters.language import Speaks
from desk.dispatcher.filters.limit import BelowLimit
from desk.dispatcher.filters.present import Present
from desk.dispatcher.filters.shift import OnShift
from desk.dispatcher.filters.skills import Skilled

FILTERS: dict[str, Filter] = {
    each.key: each
    for each in (
        InGroup(),
        Active(),
        Present(),
        OnShift(),
        NotAbsent(),
        Skilled(),
        Speaks(),
        OfDirection(),
        ServesCategory(),
        Answered(),
        BelowLimit(),
    )
}
