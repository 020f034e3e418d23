"""What of a client is shown to whom beyond the row itself."""

from __future__ import annotations

from app.clients.models import Client


def contact_details_are_masked(client: Client) -> bool:
    """Tell whether address and contacts stay hidden. Basis: 661/2009 §§ 36–37 (rule V15)."""
    return bool(client.non_disclosure)
