"""What a build does beyond copying the package."""
