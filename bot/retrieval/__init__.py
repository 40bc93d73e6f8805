"""The handbook's sections as entries, and finding the one that fits; pure."""
