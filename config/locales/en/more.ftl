more-here = Reading on:
more-none = That is all there is.
