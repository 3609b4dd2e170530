"""The modes, in the order in which people choose among them; the first is the default. One file
each."""

from desk.dispatcher.mode import Mode
from desk.dispatcher.modes.alphabetical import Alphabetical
from desk.dispatcher.modes.by_weight import ByWeight
from desk.dispatcher.modes.least_loaded import LeastLoaded
from desk.dispatcher.modes.longest_idle import LongestIdle
from desk.dispatcher.modes.round_robin import RoundRobin

DEFAULT: Mode = LeastLoaded()
MODES: dict[str, Mode] = {
    each.key: each for each in (DEFAULT, Alphabetical(), LongestIdle(), RoundRobin(), ByWeight())
}
