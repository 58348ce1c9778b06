"""The rules of a workspace about how often, when and to whom is written: a document of kind `policy`."""
