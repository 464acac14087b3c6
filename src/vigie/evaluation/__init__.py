"""Measuring codings: a machine's against a person's, one run's against another's, one person's against another's.

`docs/evaluation.md` says what each measure is; `evaluated.evaluate` and `agreement.agreement` are the two ways in.
"""
