"""Laws of the house: each reads the code or the running application, and proves first that it can fail."""
