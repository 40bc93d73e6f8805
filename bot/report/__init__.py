"""Documents out of what is kept: plain data in, text out. Pure but for being handed rows; nothing is sent from here."""
