"""The texts people read: ids are English, the translations are Finnish and Swedish and must be complete."""
