"""A look at finished messages before people get them: size, words, pictures, colours, links."""
