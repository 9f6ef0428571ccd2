"""What screens share: base classes, navigation, forms, lists."""
