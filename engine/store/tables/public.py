"""What pages for everybody are made of. Nothing here says who somebody is."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from .base import count, metadata, words

survey = Table(
    "survey",
    metadata,
    Column("mark", Text, primary_key=True),  # a keyed hash of the case: it keeps "once" and leads back to nobody
    words("service"),
    words("version"),
    words("month"),  # no instant: beside the log of a day it would tell whose answers these are
    *(count(f"u{number}") for number in range(1, 10)),
    words("comment"),
    Index("ix_survey_service", "service", "month"),
)
