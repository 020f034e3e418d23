"""FAB's security manager, narrowed: rights come from grants, sessions from the server, sign-in from one view."""

from __future__ import annotations

from typing import Any

from flask import g
from flask import session as web_session
from flask_appbuilder.security.sqla.manager import SecurityManager as FabSecurityManager

from app.access.wall import arm
from app.users.acting import actor_by, allowed_in
from app.users.queries import load_sign_in
from app.users.session_watch import say_why_over
from app.users.sign_in import SignInView
from app.web.language import current_language
from app.web.switches import without_what_is_off


class SecurityManager(FabSecurityManager):
    """Answers FAB's questions from the actor's grant; one statement loads the actor with the permissions."""

    authdbview = SignInView

    def register_views(self) -> None:
        """Offer the sign-in view only: FAB's user, role and permission pages would let a person grant Admin."""
        self.auth_view = self.appbuilder.add_view_no_menu(SignInView)
        if self.is_auth_limited:
            self.limiter.limit(self.auth_rate_limit, methods=["POST"])(self.auth_view.blueprint)

    def load_user(self, pk: int) -> Any | None:
        """Load the person of the session with the grant they act by; None ends the sign-in."""
        found = load_sign_in(self.session, web_session.get("token"), int(pk))
        if found is None:
            say_why_over()
            return None
        user, right, g.session_ends, g.session_lasts_to, g.is_touch_due, g.permissions, local_role, g.single_keys, *own = found
        g.shared_version, g.dismissed, g.news_seen_at = own
        g.person_name = f"{user.first_name} {user.last_name}"
        if right is not None:
            g.actor = actor_by(user, right, current_language(), local_role)
            g.permissions = without_what_is_off(allowed_in(g.permissions, right.kind))
            g.scope = g.actor.scope
            arm(self.session)
        return user

    def load_user_jwt(self, _jwt_header: Any, jwt_data: Any) -> Any:
        return None

    def has_access(self, permission_name: str, view_name: str) -> bool:
        """Tell whether the actor's role holds the permission; permissions were read with the session."""
        return getattr(g, "actor", None) is not None and (permission_name, view_name) in g.permissions

    def is_item_public(self, permission_name: str, view_name: str) -> bool:
        return False

    def get_user_menu_access(self, menu_names: Any = None) -> set[str]:
        return set()


