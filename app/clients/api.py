"""Clients and their notes as JSON."""

from __future__ import annotations

from app.clients.fact_views import NoteView
from app.clients.views import ClientView
from app.web.base_api import BaseApi


class ClientApi(BaseApi):
    view, resource_name = ClientView, "clients"


class NoteApi(BaseApi):
    view, resource_name = NoteView, "notes"
