"""What keeps a customer once it bought: how content they are with what they got."""
