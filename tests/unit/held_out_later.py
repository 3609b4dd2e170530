"""English messages written after "refunded nothing" was mended; not used for mending since.

The set before them (held_out_messages) has shown that fault, so it can't say any more how good the
rules are at it. Shape: labelled_messages.
"""

from tests.unit.labelled_messages import Labelled

ENGLISH: Labelled = {
    "delivery delay": (
        (
            "Your deliveries have been delayed three times this month",
            "Is there a delay with the delivery to Leeds?",
            "I am tired of delayed deliveries",
            "They keep delaying my delivery without a word",
        ),
        (
            "The courier delayed nothing, the delivery came on the dot",
            "Delivery without any delay, well done",
            "Please do not delay, I ordered a delivery for my shop",
            "When does delivery begin on Sundays?",
        ),
    ),
    "refund": (
        (
            "Please refund the second payment",
            "I was promised a refunded deposit in May",
            "Still waiting to be refunded",
            "Do refunds take longer on weekends?",
        ),
        (
            "The shop refunded nobody and closed",
            "I am not asking for a refund, only for a new cable",
            "No refund needed, thank you",
            "The fund we support is doing great",
        ),
    ),
    "cancel order": (
        (
            "Cancel my order please",
            "The order was cancelled by mistake",
            "I would like my last order to be canceled",
            "How do I go about cancelling an order?",
        ),
        (
            "We cancelled nothing, the order stands",
            "Don't cancel the order, I have changed my mind",
            "My order came in a cracked box",
            "The concert was off and so we ordered dinner",
        ),
    ),
    "printer broken": (
        (
            "The printer broke again this morning",
            "A broken receipt printer at till four",
            "Our printers keep breaking",
        ),
        (
            "The printer is not broken, it was unplugged",
            "Nothing broke, the printer is just slow",
            "We printed the brochure twice",
        ),
    ),
    "charged twice": (
        (
            "I was charged twice for one coffee",
            "You have charged my card twice",
            "Why do you charge me twice every month?",
        ),
        (
            "You were right, I was not charged twice",
            "I tried twice to charge the terminal",
            "The bank charged nothing at all",
        ),
    ),
}
