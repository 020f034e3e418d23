"""FAB's AppBuilder without the views we replace: language switch, back button, menu and OpenAPI endpoints."""

from __future__ import annotations

from flask_appbuilder import AppBuilder


class LeanAppBuilder(AppBuilder):  # type: ignore[misc]
    """Registers the front page and sign-in only; features register their own views."""

    def _add_admin_views(self) -> None:
        if self.indexview:
            self._indexview = self.add_view_no_menu(self.indexview)
        self.sm.register_views()
