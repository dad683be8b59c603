// The worker's own program on a clock that can be moved.
import './shiftedClock'
import './shiftedDatabase'
import '../../worker/main'
