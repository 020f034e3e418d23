"""Rights of use (käyttöoikeus, användarrättighet; 681/2023 §§ 79–81): applied for, granted, opened, used, ended."""
