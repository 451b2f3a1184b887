"""What goes wrong at the pretend Allegro, by a script: `okienko sim --faults FILE`.

`reading` makes a `script.Script` of a TOML file, or says what is wrong in it. Its rules are of two kinds:
`request` rules touch requests and answers on the wire (carried out by `wire`, chosen by `choosing`), `world`
rules touch what happens to messages (asked for by the state). Which of the things that a rule looks at it
touches depends on the script's seed and on how many it has seen, never on time or chance: the same requests
meet the same faults. `docs/simulator.md` lists every key.
"""

from api.simulator.faults.choosing import Faults
from api.simulator.faults.reading import BadScriptError, load_script
from api.simulator.faults.script import RequestRule, Script, When, WorldRule

__all__ = ["BadScriptError", "Faults", "RequestRule", "Script", "When", "WorldRule", "load_script"]
