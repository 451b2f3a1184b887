"""The way out: the gate and the sender."""
