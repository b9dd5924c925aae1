"""Reading "when" in a teacher's words, Chinese and English, by a grammar of our own.

The rule above all others: a wrong instant is never given. Every word that looks like time is understood,
or left in the title where it plainly belongs, or asked about; the decisions on doubtful words stand in
`clock` and `days`.
"""

from handlers.core.when.reader import complete, read
from handlers.core.when.reading import Reading
from handlers.core.when.recurrence import Occurrence, Recurrence, occurrences
from handlers.core.when.walltime import instant

__all__ = ["Occurrence", "Reading", "Recurrence", "complete", "instant", "occurrences", "read"]
