"""The index of all stories, in a database that the processes of a machine share."""
