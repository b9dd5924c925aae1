more-here = Reading on:
