"""What travels: the words of a request and the shape of an answer, one model each; scripts and clients follow them."""
