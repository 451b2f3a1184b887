"""From a text as typed to clauses with the word groups that they hold."""
