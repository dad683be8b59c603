// The worker's own program on a clock that can be moved.
import './shiftedClock'
import '../../worker/main'
