"""What the check knows beyond the contract: rules as data, and what each finds."""
