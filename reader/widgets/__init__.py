"""What the screens are made of. A widget shows what it is handed and says what the user asked for."""
