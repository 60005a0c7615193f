"""What is known of the calls that were made, beside their answers."""
