"""The official table on the screen: layout, values, marks, keys, paste."""
