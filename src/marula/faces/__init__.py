"""The ways in and out. No face knows another; `http` holds what those that speak HTTP share."""
