"""Many articles from files and folders, through the digester, to one line each."""
