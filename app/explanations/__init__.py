"""Why a person sees a client or does not (perustelu, motivering; 681/2023 §§ 79.2, 80–81): role, right, basis, period, relation."""
