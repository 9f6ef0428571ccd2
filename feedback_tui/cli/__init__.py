"""The commands: parse, call one verb or reader, print. Standard output is data, standard error is talk."""
