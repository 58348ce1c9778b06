"""A domain that mail is sent from, as mailboxes see it: what DNS says, what is missing, and what to write there."""
