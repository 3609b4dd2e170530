"""Rules played over the past: what would have gone otherwise. Nothing of it is written to a case.

`reading` reads the log, `image` is a case as it was, `walk` plays units of work through `evaluate`,
`acting` carries runs out on an image, `tally` counts, `matching` and `narrowing` count open cases.
"""
