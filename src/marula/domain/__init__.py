"""What the server knows and does. Each feature may import only those above it in ARCHITECTURE.md's list."""
