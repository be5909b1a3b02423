"""The channel between cases: a message that one diagram sends is delivered to another case, after its own commit."""

from __future__ import annotations

import json

from engine.channels import Fault, Message, NotDelivered
from engine.engine import Engine
from engine.errors import MessageUnexpected, NotFound
from engine.model import THE_SYSTEM


class CaseChannel:
    """Delivers through the engine's verb, idempotent by the notice's key like every other channel."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def send(self, message: Message) -> None:
        """Deliver. Raises NotDelivered while the other case does not wait for it, so that it is tried again."""
        try:
            self._engine.deliver(message.to.where, message.subject, json.loads(message.body), THE_SYSTEM, message.key)
        except (NotFound, MessageUnexpected) as refused:
            raise NotDelivered(type(refused).__name__, Fault.LATER) from None
