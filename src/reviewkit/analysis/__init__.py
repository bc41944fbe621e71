"""What figures say together: changes taken apart, causes counted, findings ranked."""
