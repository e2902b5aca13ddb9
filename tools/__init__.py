"""Programs for building what ships with the project; none of them is part of the application."""
