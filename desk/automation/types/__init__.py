"""Types of values: what can be chosen, how it is shown, what a form or a definition may hold."""

from desk.automation.types.choices import (
    CHANNELS,
    LANGUAGES,
    Choice,
    LineType,
    Ordered,
    Person,
    PriorityType,
    Words,
    WorkingTime,
    YesNo,
    yes_or_no,
)
from desk.automation.types.own import IsoDate, OwnFields, type_of
from desk.automation.types.several import Categories, Many, Tags
from desk.automation.types.value import Json, Options, ValueType
from desk.automation.types.written import Count, Date, Hours, Minutes, Number, Text

__all__ = [
    "CHANNELS",
    "LANGUAGES",
    "Categories",
    "Choice",
    "Count",
    "Date",
    "Hours",
    "IsoDate",
    "Json",
    "LineType",
    "Many",
    "Minutes",
    "Number",
    "Options",
    "Ordered",
    "OwnFields",
    "Person",
    "PriorityType",
    "Tags",
    "Text",
    "ValueType",
    "Words",
    "WorkingTime",
    "YesNo",
    "type_of",
    "yes_or_no",
]
