"""How much the product costs, measured over real HTTP on this machine."""
