"""Reading Japanese as people type it: width, figures, dates, yes and no, options. Pure; imports nothing of the bot."""
