"""Other systems that keep something about customers, one folder each."""
