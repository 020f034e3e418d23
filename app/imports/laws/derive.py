from __future__ import annotations
from datetime import date
from typing import Any
from sqlalchemy.orm import Session
from app.clients.actions import prepare_client
from app.clients.models import Client
def derive(session: Session, entity: str, item: Any, *, today: date) -> list[Any]:
    if isinstance(item, Client):
        prepare_client(item)
    return []
