/** A shared child is not there (any more); the message tells nothing about why. */
export class ChildGoneError extends Error {
  readonly code = 'CHILD_GONE'
}
