"""What goes in and out of the API, noun by noun. Unknown keys of a request are refused, not ignored."""
