"""Whether anything has changed at all since the last build; nothing is loaded but what Python itself has loaded."""

from digest.sealing.environments import environment_key
from digest.sealing.looking import Sight, renew_outputs, tell_outputs
from digest.sealing.seals import Told, find_seal, write_seal
