"""What the faces that speak HTTP share: reading requests, parameters, rate limits, the outermost layer."""
