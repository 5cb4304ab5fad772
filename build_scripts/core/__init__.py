"""What every stage asks, each answered once. Imports no other stage."""
