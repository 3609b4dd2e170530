"""What time alone brings: shifts that begin and end, absences, dialogs without an answer, overflow;
and what administrators changed about groups.

Every few seconds, in any number of processes. It also catches up with what a killed process left.
"""

from desk.routing import handing, leaving, overflow, settling, unanswered


def sweep() -> None:
    leaving.look_around()
    while settling.settle():
        pass
    while unanswered.give_back():
        pass
    while overflow.move_on():
        pass
    handing.hand_out()
