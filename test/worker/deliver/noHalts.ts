/** Nobody has stopped anything. */
export const NO_HALTS = { refresh: async () => undefined, isHalted: () => false }
