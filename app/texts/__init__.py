"""What a good text editor does with the narratives: find and replace, Chinese typography, differences from last year."""
