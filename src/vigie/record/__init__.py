"""The record over many reports: who copies whom, what is one incident, what the accounts of it agree on.

Everything here is a pure function of reports and decisions; `store/` keeps them and calls these functions.
"""
