"""`bansou doctor`: is everything in place for the bot on Telegram, and what to do where it is not.

In reading order: `finding` (what is found), `here` (this machine: files, rights, room, settings), `there` (Telegram:
token, way, clock, webhook), `visit` (all of it, printed). It looks and changes nothing: not a file is made.
"""
