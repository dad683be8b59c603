/**
 * How many times as long as on a quiet machine all may take before it is called stuck: limits of tests
 * are for what hangs, not for what a busy machine does slowly.
 */
export const PATIENCE = 3
