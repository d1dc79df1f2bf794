// Every name is found in the sources.
