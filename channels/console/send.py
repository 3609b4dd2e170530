"""Shows in the log what would have left."""

import logging

from channels.sending import Item

log = logging.getLogger("liniya.console")


class ConsoleSender:
    def send(self, item: Item) -> str:
        log.info("mail to %s: %s", item.recipient, item.payload["subject"])
        return "console"

    def close(self) -> None:
        """Nothing to close."""
