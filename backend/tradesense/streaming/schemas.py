"""What the stream's one HTTP route answers."""

from __future__ import annotations

from pydantic import BaseModel, Field


class TicketOut(BaseModel):
    """A ticket for one opening of the stream."""

    ticket: str = Field(
        description="Sent as the subprotocol `ticket.VALUE` beside `tradesense.v1`, or in a first message "
        '`{"op":"auth","ticket":VALUE}`; good once. Never a part of an address.',
        examples=["Zk1mV0x0c3R1bWJsZS1hbmQtZmFsbC1kb3duLXN0YWlycw"],
    )
    expires_in: int = Field(description="Seconds for which it is good.", examples=[30])
