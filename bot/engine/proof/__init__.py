"""The proof of a flow: all of its answers explored, so that what can never happen is known beforehand. Pure."""
