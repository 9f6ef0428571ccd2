"""Code that screens share: base classes, navigation, forms, lists."""
