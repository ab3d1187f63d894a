"""Files on the disk, whatever is in them: written together, and read as they are at one moment."""
