"""From a measurement to what to do next: gaps and what closes them."""
