"""The dispatcher at work: what desk.dispatcher decides, asked of the database and written to it."""

from desk.routing.follow import follow

__all__ = ["follow"]
