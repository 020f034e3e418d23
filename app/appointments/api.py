"""Appointments as JSON."""

from __future__ import annotations

from app.appointments.views import AppointmentView
from app.web.base_api import BaseApi


class AppointmentApi(BaseApi):
    view, resource_name = AppointmentView, "appointments"
