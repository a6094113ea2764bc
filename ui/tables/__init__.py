"""The official table on the screen: layout, values, marks, keys, paste. Must not know the page around it."""
