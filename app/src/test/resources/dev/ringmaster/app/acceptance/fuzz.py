# Runs the Autobahn fuzzing client: fuzz.py JAR-OF-THE-SUITE SPECIFICATION
import json
import sys

sys.path.insert(0, sys.argv[1])

from autobahntestsuite import fuzzing
from twisted.internet import reactor

with open(sys.argv[2]) as specification:
    fuzzing.startClient(json.load(specification))
reactor.run()
