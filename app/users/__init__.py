"""Users, their personal access rights and their sessions (käyttöoikeus, användarrättighet; 681/2023 §§ 79–81)."""
