"""A file of one type → blocks, each reader by itself. Must not know the official form."""
